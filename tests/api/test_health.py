"""Whoever watches learns that all is well; only who may look inside sees more."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from fintrack.api.app import build_api
from fintrack.core.clock import utc_now
from fintrack.core.jobs import Outcome
from fintrack.core.rate_faults import TimedOut
from fintrack.core.rate_runs import Source
from fintrack.services import database
from fintrack.services.database import Database
from fintrack.services.jobs import runs, timetable
from fintrack.services.rate_limiter import RateLimiter
from fintrack.services.rates import fetching, source_rows
from fintrack.services.rates.feeds.coin_paprika import CoinPaprika
from fintrack.services.rates.fetching import Fetching
from fintrack.services.trail import relay
from tests.api.conftest import make_browser, make_parts
from tests.conftest import Clock
from tests.jobs.jobs import Work, hourly
from tests.services.rates.observing import observe_at

NOBODYS_REDIS = "redis://127.0.0.1:1"
ALL_WELL = {"status": "ok", "jobs": "ok", "trail": "ok", "limits": "ok"}


@pytest.fixture(autouse=True)
def _no_jobs() -> Iterator[None]:
    """A worker that imported the program has its timetable; none of it ran here."""
    installed = timetable.current()
    timetable.install(())
    yield
    timetable.install(installed)


@pytest.fixture
def job() -> str:
    job = hourly(Work())
    timetable.install((job,))
    return job.name


async def test_health_asks_the_database(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/api/health")).json() == ALL_WELL


async def test_health_tells_a_stranger_only_that_jobs_are_late(
    browser: httpx.AsyncClient, job: str, clock: Clock
) -> None:
    assert (await browser.get("/api/health")).json() == ALL_WELL | {"jobs": "late"}
    assert await runs.claim_slot(job, clock())
    assert (await browser.get("/api/health")).json() == ALL_WELL


async def test_health_tells_in_a_sentence_that_the_trail_waits(
    browser: httpx.AsyncClient, home: Database
) -> None:
    away = ConnectionRefusedError("log.example.org")
    async with home.unit_of_work() as session:
        await relay.note_failure(session, away, home.clock())
    told = (await browser.get("/api/health")).json()
    assert told["status"] == "ok"
    assert told["trail"].startswith("The audit trail waits")
    assert "example.org" not in told["trail"]
    async with home.unit_of_work() as session:
        await relay.note_success(session)
    assert (await browser.get("/api/health")).json() == ALL_WELL


@pytest.mark.usefixtures("home")
async def test_health_tells_in_a_sentence_that_nobody_can_sign_in() -> None:
    parts = make_parts()
    parts.limiter = RateLimiter.of(NOBODYS_REDIS, utc_now)
    async with make_browser(build_api(parts)) as browser:
        told = (await browser.get("/api/health")).json()
        tried = await browser.post("/api/v1/auth/session", json={})
    await parts.limiter.close()
    assert (told["status"], tried.status_code) == ("ok", 503)
    assert told["limits"].startswith("Nobody can sign in")
    assert "127.0.0.1" not in told["limits"]


@pytest.mark.usefixtures("home")
async def test_metrics_answer_this_machine_and_the_bearer() -> None:
    api = build_api(make_parts(metrics_token="let me look"))
    async with make_browser(api) as near, make_browser(api, address="10.0.0.9") as far:
        assert "process_resident_memory_bytes" in (await near.get("/metrics")).text
        assert (await far.get("/metrics")).status_code == 403
        right = {"Authorization": "Bearer let me look"}
        assert (await far.get("/metrics", headers=right)).status_code == 200
        wrong = {"Authorization": "Bearer wrong"}
        assert (await far.get("/metrics", headers=wrong)).status_code == 403


async def test_metrics_tell_how_each_job_does(
    browser: httpx.AsyncClient, job: str, clock: Clock
) -> None:
    run_id = await runs.claim_slot(job, clock())
    assert run_id
    await runs.end_run(run_id, Outcome.FAILED, "OSError")
    shown = (await browser.get("/metrics")).text.splitlines()
    assert f'fintrack_job_late{{job="{job}"}} 0' in shown
    assert f'fintrack_job_failing{{job="{job}"}} 1' in shown
    instant = clock().timestamp()
    assert f'fintrack_job_last_slot_seconds{{job="{job}"}} {instant}' in shown


async def test_metrics_of_the_process_are_there_without_the_database(
    browser: httpx.AsyncClient, home: Database
) -> None:
    gone = str(home.main.url.set(database="nobody"))
    database.install(database.connect(gone, gone, home.clock))
    shown = await browser.get("/metrics")
    await database.current().dispose()
    assert shown.status_code == 200
    assert "process_threads" in shown.text


async def test_metrics_tell_how_rates_do(
    browser: httpx.AsyncClient, home: Database, clock: Clock
) -> None:
    fetching.install(Fetching((CoinPaprika("http://127.0.0.1:9"),)))
    await observe_at(home, "BTC", {clock() - timedelta(minutes=1): "0.00001"})
    async with home.unit_of_work() as session:
        for _ in range(source_rows.MOST_FAILURES):
            coins = Source.COIN_PAPRIKA
            await source_rows.note_failure(session, coins, TimedOut(), clock())
    shown = (await browser.get("/metrics")).text.splitlines()
    fetching.install(Fetching())
    assert "fintrack_rate_newest_age_seconds 60.0" in shown
    assert "fintrack_rate_jumps_held 0" in shown
    assert 'fintrack_rate_source_failures{source="coinpaprika"} 3' in shown
    assert 'fintrack_rate_source_resting{source="coinpaprika"} 1' in shown
