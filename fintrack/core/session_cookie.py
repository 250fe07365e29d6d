"""The cookies of a browser, read the same way at every door.

``SESSION`` signs it in, ``STEP`` stands for a sign-in whose second step is owed, and
``MARK`` only tells that it was here before.
"""

from http.cookies import CookieError, SimpleCookie

SESSION = "fintrack"
STEP = "fintrack_step"
MARK = "fintrack_mark"
PREFIX = "__Host-"
SECURE_NAME = f"{PREFIX}{SESSION}"


def read_token(header: str, *, https: bool, name: str = SESSION) -> str:
    """The secret of a cookie from a ``Cookie`` header, or an empty text.

    Over https only the ``__Host-`` name counts: a neighbour of the domain can set the
    plain one.
    """
    secure = f"{PREFIX}{name}"
    names = [secure] if https else [secure, name]
    try:
        cookies = SimpleCookie(header)
    except CookieError:
        return ""
    return next((cookies[name].value for name in names if name in cookies), "")
