"""What was last said by an instant, and who speaks more often than once a day."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from fintrack.core.rate_hours import (
    hours_until,
    last_observed,
    last_said,
    speaks_often,
)
from fintrack.core.rate_runs import Run, Source

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _run(rate: str, start: datetime, step: timedelta, count: int = 1) -> Run:
    return Run("EUR", Decimal(rate), start, start + step * (count - 1), count)


def test_last_observation_is_one_of_the_run() -> None:
    run = _run("0.8", NOON, 2 * HOUR, 4)
    assert last_observed(run, NOON) == NOON
    assert last_observed(run, NOON + 3 * HOUR) == NOON + 2 * HOUR
    assert last_observed(run, NOON + DAY) == NOON + 6 * HOUR
    assert last_observed(_run("0.8", NOON, HOUR), NOON + DAY) == NOON


def test_who_spoke_last_is_believed_and_of_the_same_instant_the_first() -> None:
    daily = _run("0.8", NOON - DAY, DAY, 3)
    hourly = [_run("0.9", NOON - HOUR, HOUR), _run("1.0", NOON, HOUR)]
    runs = {Source.COIN_PAPRIKA: hourly, Source.CURRENCY_API: [daily]}
    said = last_said(runs, NOON - timedelta(minutes=1))
    # The run of days goes on beyond it, but nobody said so at eleven.
    assert said
    assert (said.source, said.run.per_usd) == (Source.COIN_PAPRIKA, Decimal("0.9"))
    assert said.seen_at == NOON - HOUR
    same = last_said(runs, NOON)
    assert same
    assert same.source is Source.COIN_PAPRIKA
    assert last_said(runs, NOON - 2 * DAY) is None
    assert last_said({}, NOON) is None


def test_two_rates_within_half_a_day_are_often() -> None:
    since = NOON - DAY
    daily = {Source.EUROPE: [_run("0.8", NOON - 9 * DAY, DAY, 9)]}
    assert not speaks_often(daily, since)
    jumping = [_run("0.8", NOON - DAY, DAY), _run("0.9", NOON, DAY)]
    assert not speaks_often({Source.EUROPE: jumping}, since)
    assert speaks_often({Source.EUROPE: [_run("0.8", NOON, HOUR, 2)]}, since)
    near = [_run("0.8", NOON - HOUR, DAY), _run("0.9", NOON, DAY)]
    assert speaks_often({Source.EUROPE: near}, since)
    assert not speaks_often({Source.EUROPE: near}, NOON + HOUR)


def test_hours_end_with_the_one_that_goes_on() -> None:
    now = NOON + timedelta(minutes=20)
    hours = list(hours_until(now, DAY))
    assert len(hours) == 24
    assert hours[-1] == (NOON, now)
    assert hours[0] == (NOON - 23 * HOUR, NOON - 22 * HOUR)
    # What is of a full hour is of the one that ends then.
    assert list(hours_until(NOON, DAY))[-1] == (NOON - HOUR, NOON)
