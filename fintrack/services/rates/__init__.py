"""Rates: where they come from, how they are kept, and which one was in force."""
