"""``/api/health`` for whoever watches, ``/metrics`` for who may look inside."""

import asyncio
import hmac

import psutil
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fintrack.api.connection import is_at_this_machine
from fintrack.api.parts import Parts
from fintrack.api.problems import answer_problem, language_of
from fintrack.api.routes import PUBLIC, Routes
from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import NotAllowed, Unavailable
from fintrack.services.commands import ask
from fintrack.services.setup import is_open

routes = Routes()
# Whoever watches gives up after three.
ANSWER_SECONDS = 2.5
TEXT_FORMAT = "text/plain; version=0.0.4"


@routes.declare("GET", "/health", access=PUBLIC)
async def health() -> dict[str, str]:
    """Whether this process and its database answer.

    Raises:
        Unavailable: the database does not, or not in time.
    """
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await ask(ANONYMOUS, is_open)
    except TimeoutError as error:
        raise Unavailable from error
    return {"status": "ok"}


async def metrics(request: Request) -> Response:
    """Gauges of this process as Prometheus reads them."""
    parts: Parts = request.app.state.parts
    if not _may_look(parts, request):
        language = language_of(request.headers.get("accept-language", ""))
        return answer_problem(NotAllowed(), language)
    return PlainTextResponse(_gauges(), media_type=TEXT_FORMAT)


def _may_look(parts: Parts, request: Request) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer" and bool(parts.metrics_token)
    if is_bearer and hmac.compare_digest(given.encode(), parts.metrics_token.encode()):
        return True
    return is_at_this_machine(request.scope) and not parts.is_announced


def _gauges() -> str:
    process = psutil.Process()
    with process.oneshot():
        times = process.cpu_times()
        values = {
            "process_resident_memory_bytes": process.memory_info().rss,
            "process_cpu_seconds_total": times.user + times.system,
            "process_start_time_seconds": process.create_time(),
            "process_threads": process.num_threads(),
        }
    return "".join(f"# TYPE {n} gauge\n{n} {v}\n" for n, v in values.items())
