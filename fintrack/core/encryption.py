"""Short texts encrypted with AES-256-GCM, each bound to the place where it is kept."""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


def encrypt(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """``plain`` under a key of 32 bytes; a fresh nonce comes first.

    ``bound_to`` names the place, so that what lies there cannot be swapped for another.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def decrypt(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """What was encrypted.

    Raises:
        InvalidTag: it was changed, or belongs to another place or key.
    """
    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    return AESGCM(key).decrypt(nonce, body, bound_to.encode())
