"""The verbs of the books: accounts, categories and transactions."""
