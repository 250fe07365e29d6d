"""``new-key``: a fresh value for ``FINTRACK_MASTER_KEY``."""

import secrets

from fintrack.services.master_key import KEY_BYTES, MasterKey


def new_key() -> int:
    """Prints a new master key; it is kept nowhere."""
    print(MasterKey(secrets.token_bytes(KEY_BYTES)).recovery_text)
    return 0
