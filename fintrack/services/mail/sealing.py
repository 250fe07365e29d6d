"""The secret values of a letter, encrypted while it waits (AES-256-GCM)."""

import json
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fintrack.core.errors import Unavailable
from fintrack.core.text import message_id
from fintrack.services import master_key

LABEL = "mail parameters"
DAMAGED = message_id("The secret values of this letter cannot be read.")

_NONCE_BYTES = 12


def seal(values: Mapping[str, str], reference: str) -> bytes:
    """The values as they are kept; bound to ``reference``, so none can be swapped."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    plain = json.dumps(dict(values)).encode()
    return nonce + _cipher().encrypt(nonce, plain, reference.encode())


def unseal(sealed: bytes, reference: str) -> dict[str, str]:
    """What ``seal`` was given.

    Raises:
        Unavailable: it was changed, belongs to another letter or to another key.
    """
    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        plain = _cipher().decrypt(nonce, body, reference.encode())
    except InvalidTag as error:
        raise Unavailable(DAMAGED) from error
    values: dict[str, str] = json.loads(plain)
    return values


def _cipher() -> AESGCM:
    return AESGCM(master_key.derive(LABEL))
