"""Transactions written to a file that a person takes along."""
