"""Security and caching headers for everything that leaves this process."""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), "
        "interest-cohort=(), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"
# Sandboxed: a file of somebody's that a browser opens all the same runs nothing.
API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"
DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
HASHED_FILES = "/assets/"
DOCS_FILES = ("/api/docs/", "/api/openapi.json")
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
PRIVATE = "no-store"
OK = 200
NOT_MODIFIED = 304
# Bytes; what is added to it, as ``.html.gz``, must fit too.
LONGEST_NAME = 240
NOWHERE = "/nowhere"


class SecureHeaders:
    """One raw ASGI wrapper around pages, socket and API."""

    def __init__(self, app: ASGIApp, static_dir: Path, *, https: bool) -> None:
        self._app = app
        self._static_dir = static_dir
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds the headers to each answer over HTTP."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope, message["status"])
            await send(message)

        await self._app(_findable(scope), receive, send_with_headers)

    def _add(self, headers: MutableHeaders, scope: Scope, status: int) -> None:
        path: str = scope["path"]
        for name, value in ALWAYS.items():
            headers[name] = value
        headers["Content-Security-Policy"] = self._policy(path)
        headers["Cache-Control"] = _caching(path, status)
        if self._https or scope["scheme"] == "https":
            headers["Strict-Transport-Security"] = TWO_YEARS
        _say_once(headers)
        if "location" in headers:
            headers["Location"] = _without_origin(headers["Location"], scope)

    def _policy(self, path: str) -> str:
        if path.startswith("/api/docs"):
            return DOCS_POLICY
        return API_POLICY if _is_api(path) else self._page_policy

    @cached_property
    def _page_policy(self) -> str:
        """Read at the first answer: a build may come after the import."""
        pages = (p.read_text(encoding="utf-8") for p in self._pages())
        return page_policy(pages)

    def _pages(self) -> list[Path]:
        return sorted(self._static_dir.rglob("*.html"))


def _findable(scope: Scope) -> Scope:
    """With a short path for a page that no file system could hold the name of.

    Starlette answers such a one without the page for what is not found.
    """
    path: str = scope["path"]
    is_long = any(len(part.encode()) > LONGEST_NAME for part in path.split("/"))
    return {**scope, "path": NOWHERE} if is_long and not _is_api(path) else scope


def page_policy(pages: Iterable[str]) -> str:
    """The policy for pages whose inline scripts are the ones of ``pages``.

    ``'unsafe-eval'`` stays: Reflex runs the scripts that handlers send (redirects of
    the whole page, toasts) with ``eval``. It admits no script that is not sent by our
    own code. Inline styles stay too: React and Radix write ``style`` attributes.
    """
    hashes = {hash_script(s) for page in pages for s in INLINE_SCRIPT.findall(page)}
    scripts = " ".join(["'self'", "'unsafe-eval'", *sorted(hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )


def hash_script(script: str) -> str:
    """The source expression that admits exactly this script (CSP Level 3)."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _say_once(headers: MutableHeaders) -> None:
    """What an answer depends on, each once, and without the origin.

    Each of Reflex's layers adds that one more, and the outermost does so after us.
    """
    if "vary" in headers:
        words = ", ".join(headers.getlist("Vary")).split(", ")
        kept = [word for word in dict.fromkeys(words) if word.lower() != "origin"]
        del headers["Vary"]
        if kept:
            headers["Vary"] = ", ".join(kept)


def _without_origin(location: str, scope: Scope) -> str:
    """A redirect to ourselves as a path: a TLS proxy's browser must stay on https.

    Of several slashes one stays, or the path would name another host.
    """
    own = f"{scope['scheme']}://{Headers(scope=scope).get('host', '')}"
    path = location.removeprefix(own)
    is_own = path != location and path.startswith(("/", "\\"))
    return "/" + path.lstrip("/\\") if is_own else location


def _is_api(path: str) -> bool:
    return path == "/api" or path.startswith("/api/") or path == "/metrics"


def _caching(path: str, status: int) -> str:
    if path.startswith(DOCS_FILES):
        return REVALIDATE
    if _is_api(path):
        return PRIVATE
    # A missing file must not be remembered as missing for a year.
    if path.startswith(HASHED_FILES) and status in (OK, NOT_MODIFIED):
        return IMMUTABLE
    return REVALIDATE
