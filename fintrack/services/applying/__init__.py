"""Rules applied to what is in the books already: seen before, done in one step."""
