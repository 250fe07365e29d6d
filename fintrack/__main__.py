"""Starts the command line: ``python -m fintrack``."""
