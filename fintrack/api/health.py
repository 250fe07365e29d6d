"""``/api/health`` for whoever watches, ``/metrics`` for who may look inside."""

import asyncio
import hmac
from collections.abc import Mapping

import psutil
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fintrack.api.connection import is_at_this_machine
from fintrack.api.parts import Parts
from fintrack.api.problems import answer_problem, language_of
from fintrack.api.routes import PUBLIC, Routes
from fintrack.core.actor import ANONYMOUS, SYSTEM
from fintrack.core.errors import NotAllowed, Unavailable
from fintrack.core.text import message_id, translate
from fintrack.services.commands import ask, snapshot
from fintrack.services.jobs.asking import Standing, are_on_time, list_jobs
from fintrack.services.rate_limiter import Counting
from fintrack.services.rates.health import find_rate_health
from fintrack.services.setup import is_open
from fintrack.services.trail.health import is_shipped

routes = Routes()
# Whoever watches gives up after three.
ANSWER_SECONDS = 2.5
WAITS = message_id(
    "The audit trail waits in the main database and loses nothing: the log database "
    "took no rows at the last try."
)
UNCOUNTED = message_id(
    "Nobody can sign in, register or use a code: what counts requests does not answer."
)
TEXT_FORMAT = "text/plain; version=0.0.4"


@routes.declare("GET", "/health", access=PUBLIC)
async def health(request: Request) -> dict[str, str]:
    """Whether this process and its database answer, and whether jobs are on time.

    `trail` is a sentence where the audit trail cannot leave for its database, `limits`
    one where requests cannot be counted and sign-ins are refused therefore.

    Raises:
        Unavailable: the database does not answer, or not in time.
    """
    try:
        async with asyncio.timeout(ANSWER_SECONDS), snapshot(ANONYMOUS) as found:
            await found.ask(is_open)
            is_on_time = await found.ask(are_on_time)
            is_trail_well = await found.ask(is_shipped)
    except TimeoutError as error:
        raise Unavailable from error
    parts: Parts = request.app.state.parts
    is_counted = parts.limiter.counting is not Counting.AWAY
    language = language_of(request)
    return {
        "status": "ok",
        "jobs": "ok" if is_on_time else "late",
        "trail": "ok" if is_trail_well else translate(WAITS, language),
        "limits": "ok" if is_counted else translate(UNCOUNTED, language),
    }


async def metrics(request: Request) -> Response:
    """Gauges of this process and of the jobs as Prometheus reads them."""
    parts: Parts = request.app.state.parts
    if not _may_look(parts, request):
        language = language_of(request)
        return answer_problem(NotAllowed(), language)
    text = _gauges_of_process() + await _gauges_of_jobs() + await _gauges_of_rates()
    return PlainTextResponse(text, media_type=TEXT_FORMAT)


def _may_look(parts: Parts, request: Request) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer" and bool(parts.metrics_token)
    if is_bearer and hmac.compare_digest(given.encode(), parts.metrics_token.encode()):
        return True
    return is_at_this_machine(request.scope) and not parts.is_announced


def _gauges_of_process() -> str:
    process = psutil.Process()
    with process.oneshot():
        times = process.cpu_times()
        return "".join(
            (
                _gauge("process_resident_memory_bytes", process.memory_info().rss),
                _gauge("process_cpu_seconds_total", times.user + times.system),
                _gauge("process_start_time_seconds", process.create_time()),
                _gauge("process_threads", process.num_threads()),
            )
        )


async def _gauges_of_jobs() -> str:
    """What the database knows, or nothing while it does not answer."""
    try:
        jobs = await ask(SYSTEM, list_jobs)
    except Unavailable:
        return ""
    begun = {job.name: job.last.slot.timestamp() for job in jobs if job.last}
    return "".join(
        (
            _gauge_of_each(
                "fintrack_job_late",
                "job",
                {job.name: int(job.standing is Standing.LATE) for job in jobs},
            ),
            _gauge_of_each(
                "fintrack_job_failing",
                "job",
                {job.name: int(job.standing is Standing.FAILING) for job in jobs},
            ),
            _gauge_of_each("fintrack_job_last_slot_seconds", "job", begun),
        )
    )


async def _gauges_of_rates() -> str:
    """As of jobs; ``resting`` is 1 while a source is left alone."""
    try:
        rates = await ask(SYSTEM, find_rate_health)
    except Unavailable:
        return ""
    age = rates.age.total_seconds() if rates.age is not None else None
    views = {view.row.source.value: view for view in rates.sources}
    return "".join(
        (
            "" if age is None else _gauge("fintrack_rate_newest_age_seconds", age),
            _gauge("fintrack_rate_jumps_held", rates.jumps),
            _gauge_of_each(
                "fintrack_rate_source_failures",
                "source",
                {name: view.row.failures for name, view in views.items()},
            ),
            _gauge_of_each(
                "fintrack_rate_source_resting",
                "source",
                {
                    name: int(view.rests_until is not None)
                    for name, view in views.items()
                },
            ),
        )
    )


def _gauge(name: str, value: float) -> str:
    return f"# TYPE {name} gauge\n{name} {value}\n"


def _gauge_of_each(name: str, label: str, values: Mapping[str, float]) -> str:
    lines = "".join(f'{name}{{{label}="{one}"}} {v}\n' for one, v in values.items())
    return f"# TYPE {name} gauge\n{lines}"
