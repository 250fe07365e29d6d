"""Runs say what a list of all observations says, in whatever order they arrive."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.rate_merge import (
    Placed,
    correct,
    has_seen,
    in_force,
    merge,
    next_to,
)
from fintrack.core.rate_runs import Observation, Run, are_same, runs_of

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _seen(hours: int, rate: str = "1.5") -> Observation:
    return Observation("EUR", Decimal(rate), START + hours * HOUR)


def _merged(observations: Iterable[Observation]) -> list[Run]:
    runs: list[Run] = []
    for seen in observations:
        merge(runs, seen)
    return runs


def _instants(runs: Iterable[Run]) -> list[datetime]:
    return [
        run.valid_from + k * run.step for run in runs for k in range(run.multiplier)
    ]


def test_in_the_order_of_time_the_runs_are_those_of_all_at_once() -> None:
    seen = [_seen(n, rate) for n, rate in enumerate(["1", "1", "1", "2", "2", "1"])]
    assert _merged(seen) == runs_of(seen)


def test_late_one_of_an_instant_that_is_known_changes_nothing() -> None:
    runs = _merged(_seen(n) for n in range(5))
    assert merge(runs, _seen(2, "9")) is Placed.KNOWN
    assert has_seen(runs, START + 2 * HOUR)
    assert not has_seen(runs, START + HOUR / 2)
    assert [run.multiplier for run in runs] == [5]


def test_late_one_between_two_instants_divides_the_run() -> None:
    runs = _merged([*(_seen(n) for n in range(0, 10, 2)), _seen(3, "9")])
    assert [(run.per_usd, run.multiplier) for run in runs] == [
        (Decimal("1.5"), 2),
        (Decimal(9), 1),
        (Decimal("1.5"), 3),
    ]
    assert _instants(runs) == [START + n * HOUR for n in (0, 2, 3, 4, 6, 8)]


def test_late_one_of_the_same_value_is_there_when_another_comes_before_it() -> None:
    """0 and 4 o'clock are 1.5; then 3 o'clock is 1.5; then 2 o'clock is 9."""
    runs = _merged([_seen(0), _seen(4), _seen(3), _seen(2, "9")])
    found = in_force(runs, START + 3 * HOUR)
    assert found is not None
    assert found.per_usd == Decimal("1.5")


def test_one_before_all_begins_the_list() -> None:
    runs = _merged([_seen(5), _seen(1)])
    assert [run.valid_from for run in runs] == [START + HOUR, START + 5 * HOUR]
    assert in_force(runs, START) is None


def test_one_after_a_run_extends_it_though_others_follow() -> None:
    runs = _merged([_seen(0), _seen(1), _seen(9, "7")])
    assert merge(runs, _seen(2)) is Placed.EXTENDED
    assert [run.multiplier for run in runs] == [3, 1]


def test_what_comes_next_is_within_a_run_or_begins_one() -> None:
    runs = _merged([_seen(2), _seen(3), _seen(9, "7")])
    found = [next_to(runs, START + n * HOUR) for n in (0, 2, 3, 9)]
    assert found == [runs[0], runs[0], runs[1], None]


def test_corrected_one_takes_the_place_of_what_was_said_of_its_instant() -> None:
    runs = _merged(_seen(n) for n in range(4))
    for hour in (0, 2, 3, 5, 2):
        correct(runs, _seen(hour, str(hour + 7)))
    assert _instants(runs) == [START + n * HOUR for n in (0, 1, 2, 3, 5)]
    assert [run.per_usd for run in runs] == list(
        map(Decimal, ["7", "1.5", "9", "10", "12"])
    )


# Walks with pegs (the same for long), drifts below the threshold, steps and gaps.
MOVES = st.sampled_from(["0", "0", "0", "0.0000004", "-0.0000004", "0.01", "-0.3"])
GAPS = st.sampled_from([1, 1, 1, 1, 2, 7, 24, 25, 72])


@st.composite
def walks(draw: st.DrawFn) -> list[Observation]:
    rate, hours, seen = Decimal("1.5"), 0, []
    for move, gap in draw(st.lists(st.tuples(MOVES, GAPS), min_size=1, max_size=60)):
        rate = max(rate + Decimal(move), Decimal("0.01"))
        seen.append(Observation("EUR", rate, START + hours * HOUR))
        hours += gap
    extra = st.tuples(st.integers(0, hours * 4), st.sampled_from(["1.5", "2", "0.4"]))
    for quarters, told in draw(st.lists(extra, max_size=20)):
        at = START + quarters * HOUR / 4
        seen.append(Observation("EUR", Decimal(told), at))
    return draw(st.permutations(seen)) if draw(st.booleans()) else seen


@given(walks(), st.sets(st.integers(0, 79)))
def test_runs_equal_the_naive_store_at_every_instant(
    seen: list[Observation], corrected: set[int]
) -> None:
    """I30: the naive store keeps each observation; the first of an instant counts.

    Some were found to be right by a person: they replace what was there.
    """
    naive: dict[datetime, Decimal] = {}
    runs: list[Run] = []
    for place, one in enumerate(seen):
        if place in corrected:
            naive[one.at] = one.per_usd
            correct(runs, one)
        else:
            naive.setdefault(one.at, one.per_usd)
            merge(runs, one)
    instants = sorted(naive)
    assert _instants(runs) == instants
    for at in instants:
        for asked in (at - timedelta.resolution, at, at + HOUR / 8):
            place = bisect_right(instants, asked)
            found = in_force(runs, asked)
            if place:
                assert found is not None
                assert are_same(found.per_usd, naive[instants[place - 1]])
            else:
                assert found is None
