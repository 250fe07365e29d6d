"""What a connection says of itself, and how much of it is believed."""

from starlette.datastructures import Headers
from starlette.types import Scope

from fintrack.core.this_machine import is_near
from fintrack.core.trusted_proxies import TrustedProxies


def is_https(proxies: TrustedProxies, scope: Scope) -> bool:
    """Whether the browser came over https, to us or to a trusted proxy."""
    if proxies.trusts(peer_of(scope)):
        headers = Headers(scope=scope)
        said = headers.get("x-forwarded-proto", "").split(",")[0].strip()
        if said:
            return said == "https"
    return scope["scheme"] in ("https", "wss")


def address_of(proxies: TrustedProxies, scope: Scope) -> str:
    """Where the request comes from; some proxies add a line of their own."""
    lines = Headers(scope=scope).getlist("x-forwarded-for")
    return proxies.find_client(peer_of(scope), ",".join(lines))


def peer_of(scope: Scope) -> str:
    """The address at the other end of the connection."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_at_this_machine(scope: Scope) -> bool:
    """Whether somebody at this very machine asks."""
    return is_near(Headers(scope=scope), peer_of(scope))
