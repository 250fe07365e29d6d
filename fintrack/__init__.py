"""FinTrack: personal finance on one machine with one command."""
