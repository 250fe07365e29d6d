"""The second factor: codes by the clock, and recovery codes for a lost phone."""
