"""The secret values of a letter, encrypted while it waits."""

import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag

from fintrack.core.encryption import decrypt, encrypt
from fintrack.core.errors import Unavailable
from fintrack.core.text import message_id
from fintrack.services import master_key

LABEL = "mail parameters"
DAMAGED = message_id("The secret values of this letter cannot be read.")


def seal(values: Mapping[str, str], reference: str) -> bytes:
    """The values as they are kept; bound to ``reference``, so none can be swapped."""
    plain = json.dumps(dict(values)).encode()
    return encrypt(master_key.derive(LABEL), plain, reference)


def unseal(sealed: bytes, reference: str) -> dict[str, str]:
    """What ``seal`` was given.

    Raises:
        Unavailable: it was changed, belongs to another letter or to another key.
    """
    try:
        plain = decrypt(master_key.derive(LABEL), sealed, reference)
    except InvalidTag as error:
        raise Unavailable(DAMAGED) from error
    values: dict[str, str] = json.loads(plain)
    return values
