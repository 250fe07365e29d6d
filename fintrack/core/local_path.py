"""Paths of this site that a page may be sent to."""

from urllib.parse import urlsplit

HOME = "/"
MAX_LENGTH = 2000


def read_local_path(given: str) -> str:
    r"""``given`` when it is a path of this site, else the home page.

    ``//host``, ``/\host``, other schemes, control characters (browsers drop tabs and
    newlines before they look at the slashes) and addresses of the API lead home.
    """
    parts = urlsplit(given) if given.isascii() and given.isprintable() else None
    if (
        parts is None
        or len(given) > MAX_LENGTH
        or parts.scheme
        or parts.netloc
        or not given.startswith("/")
        or given.startswith("//")
        or "\\" in given
        or parts.path.startswith("/api")
    ):
        return HOME
    return given
