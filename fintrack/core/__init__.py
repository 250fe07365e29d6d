"""Values and rules: no database, no network, no clock but clock.py."""
