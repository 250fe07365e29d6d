"""Addresses that the program may ask: encrypted, or on this very machine."""

from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def is_safe_address(url: str) -> bool:
    """Whether it is one of HTTPS, or of HTTP on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_on_loopback(url))
    )


def is_on_loopback(url: str) -> bool:
    """Whether it leads to this machine."""
    return urlsplit(url).hostname in LOOPBACK
