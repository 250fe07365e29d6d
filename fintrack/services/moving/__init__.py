"""Whole books brought in from a file of another FinTrack, into empty ones."""
