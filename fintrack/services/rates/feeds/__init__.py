"""Feeds: each source of rates in its own format, behind one protocol."""
