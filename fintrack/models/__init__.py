"""Tables; only services import them."""
