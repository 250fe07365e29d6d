"""Windows are kept, in memory and in Redis; memory is bounded; a lost store is safe."""

import asyncio
import logging
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fintrack.core.clock import utc_now
from fintrack.core.errors import TooManyRequests, Unavailable
from fintrack.core.rate_limits import LIMITS, Kind
from fintrack.services import rate_limiter
from fintrack.services.rate_limiter import RETRY, Counters, Counting, RateLimiter
from tests import packages
from tests.conftest import Clock

REDIS = "redis-server"
HERE, THERE = "203.0.113.1", "203.0.113.2"
MOST = LIMITS[Kind.CODE].per_account


@pytest.fixture
def limiter(clock: Clock) -> RateLimiter:
    return RateLimiter.of("", clock)


@pytest.fixture
async def redis_url(tmp_path: Path) -> AsyncIterator[str]:
    """A real Redis of this test's own."""
    if shutil.which(REDIS) is None:
        packages.install(REDIS)
    program = shutil.which(REDIS)
    if program is None:
        pytest.fail("No Redis: install the package redis-server.", pytrace=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path)]
    server = await asyncio.create_subprocess_exec(
        program, *place, "--save", "", stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout
    async with asyncio.timeout(20):
        while b"Ready to accept" not in await server.stdout.readline():
            pass
    yield f"redis://127.0.0.1:{port}/0"
    if server.returncode is None:
        server.terminate()
    await server.communicate()


async def use_up(limiter: RateLimiter, account: str = "1") -> None:
    for _ in range(MOST):
        await limiter.check(Kind.CODE, account=account)


async def test_one_more_than_the_window_holds_is_refused(
    limiter: RateLimiter, clock: Clock
) -> None:
    await use_up(limiter)
    assert limiter.counting is Counting.HERE
    clock.advance(seconds=100)
    with pytest.raises(TooManyRequests) as caught:
        await limiter.check(Kind.CODE, account="1")
    assert caught.value.retry_after == LIMITS[Kind.CODE].seconds - 100
    clock.advance(seconds=caught.value.retry_after)
    await limiter.check(Kind.CODE, account="1")


async def test_accounts_and_kinds_have_windows_of_their_own(
    limiter: RateLimiter,
) -> None:
    await use_up(limiter)
    await limiter.check(Kind.CODE, account="2")
    await limiter.check(Kind.READ, account="1")


async def test_addresses_have_windows_of_their_own(limiter: RateLimiter) -> None:
    for _ in range(LIMITS[Kind.SIGN_IN].per_address):
        await limiter.check(Kind.SIGN_IN, address=HERE)
    with pytest.raises(TooManyRequests):
        await limiter.check(Kind.SIGN_IN, address=HERE)
    await limiter.check(Kind.SIGN_IN, address=THERE)


async def test_one_customer_has_many_ipv6_addresses(limiter: RateLimiter) -> None:
    for n in range(LIMITS[Kind.SIGN_IN].per_address):
        await limiter.check(Kind.SIGN_IN, address=f"2001:db8::{n:x}")
    with pytest.raises(TooManyRequests):
        await limiter.check(Kind.SIGN_IN, address="2001:db8::ffff")


async def test_requests_at_once_are_all_counted(limiter: RateLimiter) -> None:
    checks = (limiter.check(Kind.CODE, account="1") for _ in range(MOST + 5))
    outcomes = await asyncio.gather(*checks, return_exceptions=True)
    assert outcomes.count(None) == MOST


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr(rate_limiter, "CAPACITY", 100)
    counters = Counters(clock)
    limiter = RateLimiter(counters, clock)
    for n in range(1000):
        await limiter.check(Kind.READ, address=f"198.51.{n // 250}.{n % 250}")
    assert len(counters) == 100


async def test_counters_can_be_looked_at_and_cleared(clock: Clock) -> None:
    counters = Counters(clock)
    assert await counters.incr("a", 60) == 1
    assert await counters.incr("a", 60, 2) == 3
    assert await counters.get_expiry("a") == int(clock().timestamp()) + 60
    await counters.clear("a")
    assert await counters.get("a") == 0
    await counters.incr("b", 60)
    assert await counters.reset() == 1
    assert await counters.check()


async def test_switched_off_it_counts_nothing(clock: Clock) -> None:
    limiter = RateLimiter.of("", clock, is_on=False)
    assert limiter.counting is Counting.OFF
    for _ in range(LIMITS[Kind.REGISTRATION].per_address + 1):
        await limiter.check(Kind.REGISTRATION, address=HERE)


async def test_processes_count_together_in_redis(redis_url: str) -> None:
    one, other = (RateLimiter.of(redis_url, utc_now) for _ in range(2))
    try:
        await use_up(one)
        with pytest.raises(TooManyRequests) as caught:
            await other.check(Kind.CODE, account="1")
        assert 0 < caught.value.retry_after <= LIMITS[Kind.CODE].seconds
        await other.check(Kind.CODE, account="2")
        assert other.counting is Counting.TOGETHER
    finally:
        await one.close()
        await other.close()


async def test_while_redis_is_away_proofs_are_refused_and_the_rest_passes(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        limiter = RateLimiter.of(f"redis://127.0.0.1:{nobody.getsockname()[1]}", clock)
        with caplog.at_level(logging.ERROR):
            for kind in Kind:
                if LIMITS[kind].closed:
                    with pytest.raises(Unavailable):
                        await limiter.check(kind, address=HERE)
                else:
                    await limiter.check(kind, address=HERE, account="1")
            clock.advance(seconds=int(RETRY.total_seconds()))
            await limiter.check(Kind.READ, address=HERE)
            assert limiter.counting is Counting.AWAY
    assert len(caplog.records) == 1
    await limiter.close()
