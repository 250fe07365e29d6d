"""What staff do for people: find them, suspend them, change their role. No books."""
