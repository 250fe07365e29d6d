"""What the routes work with; the wiring makes it once and the start completes it."""

import base64
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from fintrack.api.connection import address_of, is_https
from fintrack.api.origin import OriginRule
from fintrack.api.uploads import Uploads
from fintrack.core.actor import Where
from fintrack.core.clock import utc_now
from fintrack.core.session_cookie import SESSION, read_token
from fintrack.core.settings import Settings
from fintrack.core.trusted_proxies import TrustedProxies
from fintrack.services.master_key import MasterKey
from fintrack.services.programs.access_tokens import TokenRules
from fintrack.services.rate_limiter import RateLimiter
from fintrack.services.session_directory import SessionDirectory
from fintrack.services.turned_away import Turned, TurnedAway

SOCKET, NOTED = "socket", "fintrack.noted"
CODE_BYTES = 20
GROUP = 4


def new_setup_code() -> str:
    """160 bits in groups of four: nobody guesses it, somebody can type it."""
    letters = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


@dataclass(slots=True)
class Parts:
    """The settings made usable, the sessions, the setup code and the key."""

    directory: SessionDirectory
    origins: OriginRule
    proxies: TrustedProxies
    is_public_https: bool
    limiter: RateLimiter
    turned_away: TurnedAway = field(default_factory=TurnedAway)
    uploads: Uploads = field(default_factory=Uploads)
    tokens: TokenRules = field(default_factory=TokenRules)
    metrics_token: str = field(default="", repr=False)
    registration_is_open: bool = True
    setup_code: str = field(default_factory=new_setup_code, repr=False)
    key: MasterKey | None = None
    key_is_made_here: bool = False

    @classmethod
    def of(cls, settings: Settings, directory: SessionDirectory) -> "Parts":
        """The parts for these settings; the key comes with the start."""
        return cls(
            directory=directory,
            origins=OriginRule.of(settings.public_url),
            proxies=TrustedProxies.of(settings.trusted_proxies),
            is_public_https=settings.public_url.startswith("https://"),
            limiter=RateLimiter.of(
                settings.redis_url, utc_now, is_on=settings.rate_limits
            ),
            tokens=TokenRules(
                issuer=settings.jwt_issuer,
                audience=settings.jwt_audience,
                lifetime=timedelta(minutes=settings.jwt_minutes),
            ),
            metrics_token=settings.metrics_token,
            registration_is_open=settings.registration == "open",
            key_is_made_here=settings.key_is_made_here,
        )

    def derive(self, label: str) -> bytes:
        """The key for one purpose.

        Raises:
            RuntimeError: the wiring serves before the start is secure.
        """
        if self.key is None:
            raise RuntimeError("the master key is not installed")
        return self.key.derive(label)

    @property
    def is_announced(self) -> bool:
        """Whether others reach this house: then nobody counts as local."""
        return bool(self.origins.public or self.proxies.networks)

    def is_https(self, scope: Scope) -> bool:
        """Whether the browser came over https.

        A page tells its scheme in ``Origin`` too, which the origin rule has passed: a
        TLS proxy that is not on the list of trusted ones still gets secure cookies.
        """
        origin = Headers(scope=scope).get("origin", "")
        return is_https(self.proxies, scope) or origin.startswith("https://")

    def address_of(self, scope: Scope) -> str:
        """Where the request comes from, past the trusted proxies."""
        return address_of(self.proxies, scope)

    def where_of(self, scope: Scope) -> Where:
        """Where the request comes from, and what it says of itself."""
        device = Headers(scope=scope).get("user-agent", "")
        return Where(self.address_of(scope), device)

    def accepts_socket(self, origin: str | None, environ: dict[str, Any]) -> bool:
        """Decides for engine.io, which asks twice for each request it refuses."""
        is_accepted = self.origins.accepts_socket(origin, environ)
        if origin is not None and not is_accepted and not environ.get(NOTED):
            environ[NOTED] = True
            where = self.where_of(environ["asgi.scope"])
            self.turned_away.note(Turned.ORIGIN, where, SOCKET)
        return is_accepted

    def token_of(self, scope: Scope, name: str = SESSION) -> str:
        """The secret of a request's cookie, or an empty text."""
        header = Headers(scope=scope).get("cookie", "")
        return read_token(header, https=self.is_https(scope), name=name)

    def is_setup_code(self, given: str) -> bool:
        """Compares in constant time; case, spaces and hyphens do not matter."""
        return hmac.compare_digest(_plain(given), _plain(self.setup_code))


def parts_of(request: Request) -> Parts:
    """The parts of the application that serves ``request``."""
    parts: Parts = request.app.state.parts
    return parts


def _plain(code: str) -> bytes:
    return "".join(code.split()).replace("-", "").upper().encode()
