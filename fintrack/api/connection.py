"""What a connection says of itself, and how much of it is believed."""

import ipaddress
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope

from fintrack.core.this_machine import is_near, read_ip


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """Networks whose forwarding headers are believed (``FINTRACK_TRUSTED_PROXIES``)."""

    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()

    @classmethod
    def of(cls, setting: str) -> "TrustedProxies":
        """The networks of a list of addresses, split by commas or spaces."""
        names = setting.replace(",", " ").split()
        return cls(tuple(ipaddress.ip_network(name, strict=False) for name in names))

    def trusts(self, address: str) -> bool:
        """Whether ``address`` is one of them."""
        ip = read_ip(address)
        return ip is not None and any(ip in network for network in self.networks)

    def is_https(self, scope: Scope) -> bool:
        """Whether the browser came over https, to us or to a trusted proxy."""
        headers = Headers(scope=scope)
        if self.trusts(peer_of(scope)):
            said = headers.get("x-forwarded-proto", "").split(",")[0].strip()
            if said:
                return said == "https"
        return scope["scheme"] in ("https", "wss")

    def address_of(self, scope: Scope) -> str:
        """Where the request comes from: the last address no trusted proxy gave."""
        address = peer_of(scope)
        said = Headers(scope=scope).get("x-forwarded-for", "")
        hops = [hop.strip() for hop in said.split(",") if hop.strip()]
        while hops and self.trusts(address):
            address = hops.pop()
        return address


def peer_of(scope: Scope) -> str:
    """The address at the other end of the connection."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_at_this_machine(scope: Scope) -> bool:
    """Whether somebody at this very machine asks."""
    return is_near(Headers(scope=scope), peer_of(scope))
