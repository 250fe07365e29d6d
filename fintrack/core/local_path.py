"""Paths of this site that a page may be sent to."""

HOME = "/"
API = "/api"
MAX_LENGTH = 2000


def read_local_path(given: str) -> str:
    r"""``given`` when it is a path of this site, else the home page.

    ``//host``, ``/\host``, other schemes, control characters (browsers drop tabs and
    newlines before they look at the slashes) and addresses of the API lead home.
    """
    is_local = (
        given.startswith("/")
        and not given.startswith(("//", f"{API}/", f"{API}?"))
        and given != API
        and given.isascii()
        and given.isprintable()
        and "\\" not in given
        and len(given) <= MAX_LENGTH
    )
    return given if is_local else HOME
