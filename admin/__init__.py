"""The staff area below ``/admin``; only the wiring imports it."""
