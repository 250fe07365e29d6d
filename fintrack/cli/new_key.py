"""``new-key``: a fresh value for ``FINTRACK_MASTER_KEY``."""

from fintrack.services import master_key


def new_key() -> int:
    """Prints a new master key; it is kept nowhere."""
    print(master_key.new_key().recovery_text)
    return 0
