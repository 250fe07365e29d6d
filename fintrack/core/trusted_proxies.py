"""Which forwarding headers are believed, decided alike at every door."""

import ipaddress
from dataclasses import dataclass

from fintrack.core.this_machine import read_ip


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

    def find_client(self, peer: str, forwarded_for: str) -> str:
        """Where a request comes from: the last address that no trusted proxy gave.

        Args:
            peer: the address at the other end of the connection.
            forwarded_for: the header ``X-Forwarded-For``, to which each proxy adds the
                address that it saw, some with its port. What stands before was written
                by somebody else. A proxy that adds no address (``unknown``) stands for
                what came through it: a word would be a new place each time.
        """
        address = peer
        hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
        while hops and self.trusts(address):
            seen = _without_port(hops.pop())
            if read_ip(seen) is None:
                break
            address = seen
        return address


def _without_port(hop: str) -> str:
    """``198.51.100.1:5001`` or ``[2001:db8::1]:5001`` without what is no address."""
    if hop.startswith("["):
        hop = hop[1:].partition("]")[0]
    elif hop.count(":") == 1:
        hop = hop.partition(":")[0]
    # Nor is a zone, which is a free word.
    return hop.partition("%")[0]
