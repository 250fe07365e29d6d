"""Tags: words that a person puts on transactions."""
