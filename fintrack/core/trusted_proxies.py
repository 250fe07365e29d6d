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
                address that it saw. What stands before was written by somebody else.
        """
        address = peer
        hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
        while hops and self.trusts(address):
            address = hops.pop()
        return address
