"""Statements of banks become transactions: previewed, confirmed, taken back."""
