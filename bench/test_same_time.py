"""Known and unknown e-mails are answered in the same time, as far as one can measure.

Both are asked in turns. The difference of their medians is held against what chance
alone gives: the same times, dealt out anew a thousand times to two heaps.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count
from random import Random
from statistics import median

import pytest

from bench.table import measure_in_turns, print_table
from fintrack.core.actor import ANONYMOUS
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.password_reset import begin_reset
from fintrack.services.sign_in import SignIn, sign_in
from fintrack.services.tries import FREE_TRIES
from tests.conftest import Clock
from tests.services.mailed import DEFNE, register
from tests.services.people import ADDRESS, browser, set_up

RUNS = 100
DEALS = 1000
KNOWN = "ada@example.org"
NUMBERS = count(1)

Ask = Callable[[str], Awaitable[object]]
Timed = Callable[[], Awaitable[None]]


async def _sign_in(email: str) -> None:
    given = SignIn(email, "wrong on purpose")
    await sign_in(given, browser("token"))


async def _register(email: str) -> None:
    await register(replace(DEFNE, email=email))


async def _forget(email: str) -> None:
    await perform(ANONYMOUS, begin_reset, email, "en", ADDRESS)


@pytest.mark.parametrize(
    ("what", "ask"),
    [
        ("signing in", _sign_in),
        ("registering", _register),
        ("a forgotten password", _forget),
    ],
)
async def test_known_and_unknown_emails_take_the_same_time(
    what: str, ask: Ask, home: Database, clock: Clock
) -> None:
    assert home
    await set_up()

    async def known() -> None:
        clock.advance(days=2)  # tries of before are forgotten
        await ask(KNOWN)

    async def unknown() -> None:
        clock.advance(days=2)
        await ask(f"nobody{next(NUMBERS)}@example.org")

    await _compare(what, known, unknown)


async def test_known_and_unknown_emails_that_wait_take_the_same_time(
    home: Database, clock: Clock
) -> None:
    """Each try comes after its wait, is wrong again, and begins another one."""
    assert home
    await set_up()
    nobody = "nobody@example.org"
    for email in (KNOWN, nobody) * FREE_TRIES:
        clock.advance(minutes=16)
        await _sign_in(email)

    async def known() -> None:
        clock.advance(minutes=16)  # longer than the longest wait
        await _sign_in(KNOWN)

    async def unknown() -> None:
        clock.advance(minutes=16)
        await _sign_in(nobody)

    await _compare("signing in while tries wait", known, unknown)


async def _compare(what: str, known: Timed, unknown: Timed) -> None:
    one, other = await measure_in_turns(known, unknown, times=RUNS)
    difference = abs(one.p50 - other.p50)
    chance = _by_chance([*one.runs, *other.runs])
    print_table(
        f"Answers to {what}, {RUNS} each",
        [
            ("known e-mail, median", f"{one.p50:.2f} ms"),
            ("unknown e-mail, median", f"{other.p50:.2f} ms"),
            ("difference / most by chance", f"{difference:.2f} / {chance:.2f} ms"),
        ],
    )
    assert difference <= chance


def _by_chance(runs: list[float]) -> float:
    """The greatest difference of medians among ``DEALS`` random halves."""
    chance, half = Random(1), len(runs) // 2  # noqa: S311 - figures, no secrets
    found = []
    for _ in range(DEALS):
        chance.shuffle(runs)
        found.append(abs(median(runs[:half]) - median(runs[half:])))
    return max(found)
