"""Which page may talk to us: one function decides for REST and for the socket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
OWN_SITES = frozenset({"same-origin", "none"})


@dataclass(frozen=True, slots=True)
class OriginRule:
    """Accepts the host that was asked and what ``FINTRACK_PUBLIC_URL`` names.

    The scheme is left to the TLS proxy: it may speak http to us and https to people.
    """

    public: frozenset[str] = frozenset()

    @classmethod
    def of(cls, public_url: str) -> Self:
        """The rule for a setting that names one or more addresses."""
        urls = public_url.replace(",", " ").split()
        parts = [urlsplit(url) for url in urls]
        return cls(frozenset(f"{p.scheme}://{p.netloc}".lower() for p in parts))

    def accepts(self, origin: str, host: str) -> bool:
        """Whether ``Origin`` is this site; ``null`` and the unreadable are not."""
        if origin.lower() in self.public:
            return True
        try:
            asking = urlsplit(origin)
            asked = urlsplit(f"//{host}")
            default = DEFAULT_PORTS.get(asking.scheme)
            same_port = (asking.port or default) == (asked.port or default)
        except ValueError:
            return False
        return (
            default is not None
            and bool(asking.hostname)
            and asking.hostname == asked.hostname
            and same_port
        )

    def accepts_write(self, headers: Mapping[str, str], *, has_cookie: bool) -> bool:
        """Whether a request that changes something may pass.

        Without ``Origin`` the browser's ``Sec-Fetch-Site`` decides; without both it is
        no browser, and then it must not carry a browser's cookie.
        """
        origin = headers.get("origin")
        if origin is not None:
            return self.accepts(origin, headers.get("host", ""))
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in OWN_SITES
        return not has_cookie

    def accepts_socket(self, origin: str | None, environ: Mapping[str, Any]) -> bool:
        """The same for engine.io, which asks with a WSGI environment."""
        return origin is not None and self.accepts(
            origin, str(environ.get("HTTP_HOST", ""))
        )
