"""The cookie that signs a browser in, read the same way at every door."""

from http.cookies import CookieError, SimpleCookie

SECURE_NAME = "__Host-fintrack"
PLAIN_NAME = "fintrack"


def read_token(header: str, *, https: bool) -> str:
    """The session's secret from a ``Cookie`` header, or an empty text.

    Over https only the ``__Host-`` name counts: a neighbour of the domain can set the
    plain one.
    """
    names = [SECURE_NAME] if https else [SECURE_NAME, PLAIN_NAME]
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return ""
    return next((cookies[name].value for name in names if name in cookies), "")
