"""E-mail addresses: what is accepted, and how two spellings are the same person."""

import unicodedata

from fintrack.core.errors import InvalidInput

MAX_LENGTH = 254
MAX_LOCAL = 64


def read_email(given: str) -> str:
    """The address as it is shown and written to.

    Raises:
        InvalidInput: it cannot be an address; whether it exists only a mail tells.
    """
    address = unicodedata.normalize("NFC", given.strip())
    local, _, domain = address.rpartition("@")
    labels = domain.split(".")
    if (
        not 0 < len(local) <= MAX_LOCAL
        or len(address) > MAX_LENGTH
        or not all(labels)
        or any(c.isspace() or not c.isprintable() or c in '"<>(),;:\\' for c in address)
        or "@" in local
        # An encoded word (RFC 2047) would be a header of its own when it is decoded.
        or "=?" in address
    ):
        raise InvalidInput("This is not an e-mail address.", field="email")
    return address


def fold_email(address: str) -> str:
    """The spelling by which people are found: ``Ada@Example.org`` is ada."""
    return unicodedata.normalize("NFKC", address.strip()).casefold()
