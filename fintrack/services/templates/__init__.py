"""Templates: patterns of entries that a person keeps under a name."""
