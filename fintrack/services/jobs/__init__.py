"""Jobs: whose turn it is to run them, their runs, and what people ask about them."""
