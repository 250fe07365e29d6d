"""The questions of the dashboard: where one stands, what moved, how it went."""
