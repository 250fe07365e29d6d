"""Whether a connection comes from this very machine, decided alike at every door."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def is_near(headers: Mapping[str, str], peer: str) -> bool:
    """Whether somebody at this very machine asks.

    A proxy on this machine connects from loopback too, so forwarding headers speak
    against it; so does a host name of somebody else's (DNS rebinding).

    Args:
        headers: of the request or the handshake, with names in lower case.
        peer: the address at the other end of the connection.
    """
    if any(name in headers for name in FORWARDED):
        return False
    return is_loopback(peer) and is_loopback(_hostname(headers.get("host", "")))


def is_loopback(address: str) -> bool:
    """Whether an address or host name is this machine."""
    ip = read_ip(address)
    return address == "localhost" if ip is None else ip.is_loopback


def read_ip(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, an IPv4 one out of its IPv6 dress; None for a name."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        return ip.ipv4_mapped
    return ip


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
