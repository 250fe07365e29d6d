"""Which requests are counted together; how many, ``core.rate_limits`` says."""

from urllib.parse import quote

from starlette.types import Scope

from fintrack.core.rate_limits import Kind

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
USER = "/api/v1/auth/user/"
KINDS = {
    USER + "initiate-registration": Kind.REGISTRATION,
    USER + "verify-otp-and-register": Kind.CODE,
    USER + "logout": Kind.WRITE,
    "/api/v1/me/email/confirm": Kind.CODE,
    "/api/v1/me/password": Kind.SIGN_IN,
    # Its tries have no counter of their own: whoever has seen the secret needs none.
    "/api/v1/me/second-factor/confirmation": Kind.CODE,
}
# What is sent here proves who one is, unless the table says otherwise.
PROVING = ("/api/v1/auth/", "/api/v1/setup")


def name_request(scope: Scope) -> str:
    """What was asked, without what was sent: ``POST /api/v1/accounts``.

    It comes from anybody, and not every character can be kept in the trail.
    """
    return f"{scope['method']} {quote(scope['path'], errors='replace')}"


def kind_of(method: str, path: str) -> Kind:
    """How a request is counted. To sign out is always possible."""
    if method in SAFE:
        return Kind.READ
    proves = method == "POST" and path.startswith(PROVING)
    return KINDS.get(path, Kind.SIGN_IN if proves else Kind.WRITE)
