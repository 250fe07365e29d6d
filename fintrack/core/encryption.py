"""Short texts encrypted with AES-256-GCM, each bound to the place where it is kept.

The first byte of what is encrypted names the algorithm. Another one gets the next
number: from then on ``encrypt`` writes it and ``decrypt`` reads both, until an exchange
of the master key has written everything anew.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AES_256_GCM = b"\x01"

_NONCE_BYTES = 12


def encrypt(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """``plain`` under a key of 32 bytes; after the algorithm comes a fresh nonce.

    ``bound_to`` names the place, so that what lies there cannot be swapped for another.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def decrypt(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """What was encrypted.

    Raises:
        InvalidTag: it was changed, or belongs to another place, key or algorithm.
    """
    algorithm, rest = sealed[:1], sealed[1:]
    if algorithm != AES_256_GCM:
        raise InvalidTag
    nonce, body = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    return AESGCM(key).decrypt(nonce, body, bound_to.encode())
