"""A source of rates on this machine, for a FinTrack that runs as a process."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class RateServer:
    """Says ``rates`` of one US dollar on ``day``; of past days it knows ``past``."""

    day: str
    rates: dict[str, str]
    past: dict[str, str] = field(default_factory=dict)
    is_well: bool = True
    port: int = 0

    @property
    def settings(self) -> dict[str, str]:
        """Lets FinTrack fetch from here, and from nowhere else."""
        return {
            "FINTRACK_RATES": "fetched",
            "FINTRACK_CURRENCY_API_URLS": f"http://127.0.0.1:{self.port}/{{day}}",
            "FINTRACK_CRYPTO_URL": f"http://127.0.0.1:{self.port}/coins",
            "FINTRACK_ECB_URL": "",
        }

    def answer(self, path: str) -> bytes | None:
        wanted = path.strip("/")
        if wanted == "latest" and self.is_well:
            told = self.rates
        elif wanted in self.past:
            told = {"eur": self.past[wanted]}
        else:
            return None
        body = ", ".join(f"{json.dumps(code)}: {rate}" for code, rate in told.items())
        day = self.day if wanted == "latest" else wanted
        return f'{{"date": "{day}", "usd": {{{body}}}}}'.encode()


@contextlib.contextmanager
def serving_rates(found: RateServer) -> Iterator[RateServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = found.answer(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
