"""What a source sends is believed line by line."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from fintrack.core.rate_checks import check_observations, is_jump
from fintrack.core.rate_runs import Observation

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CODES = {"EUR", "CHF", "USD"}


def _seen(code: str, rate: str, at: datetime = NOW) -> Observation:
    return Observation(code, Decimal(rate), at)


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity", "1e99"])
def test_bad_rate_costs_the_others_nothing(rate: str) -> None:
    checked = check_observations([_seen("EUR", rate), _seen("CHF", "0.8")], CODES, NOW)
    assert [seen.code for seen in checked.good] == ["CHF"]
    (refused,) = checked.refused
    assert (refused.code, refused.reason.field) == ("EUR", "rate")


def test_time_to_come_is_refused_beyond_an_hour() -> None:
    soon, later = NOW + timedelta(hours=1), NOW + timedelta(hours=1, seconds=1)
    seen = [_seen("EUR", "0.8", soon), _seen("EUR", "0.8", later)]
    checked = check_observations(seen, CODES, NOW)
    assert [one.at for one in checked.good] == [soon]
    assert [one.reason.field for one in checked.refused] == ["at"]


@pytest.mark.parametrize(
    ("code", "first", "reason"),
    [
        ("UNI", datetime(2009, 1, 3, tzinfo=UTC), "UNI did not exist before"),
        ("TRY", datetime(2005, 1, 1, tzinfo=UTC), "TRY did not exist before"),
        ("XCG", datetime(2025, 3, 31, tzinfo=UTC), "XCG did not exist before"),
        ("GBP", datetime(1999, 1, 1, tzinfo=UTC), "No rates are known before"),
        ("XAU", datetime(1999, 1, 1, tzinfo=UTC), "No rates are known before"),
    ],
)
def test_time_before_there_was_any_is_refused_by_name(
    code: str, first: datetime, reason: str
) -> None:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    seen = [_seen(code, "2", at) for at in (epoch, first - timedelta(1), first)]
    checked = check_observations(seen, {code}, NOW)
    assert [one.at for one in checked.good] == [first]
    assert [one.at for one in checked.refused] == [epoch, first - timedelta(1)]
    assert all(one.text.startswith(reason) for one in checked.refused)
    assert {one.reason.field for one in checked.refused} == {"at"}


def test_of_two_that_differ_the_first_is_kept_and_the_other_told() -> None:
    seen = [
        _seen("EUR", "0.8"),
        _seen("EUR", "0.9"),
        _seen("CHF", "1"),
        *[_seen("CHF", "1")],
    ]
    checked = check_observations(seen, CODES, NOW)
    assert [one.per_usd for one in checked.good] == [
        Decimal("0.8"),
        Decimal(1),
        Decimal(1),
    ]
    (refused,) = checked.refused
    assert "twice" in refused.reason.message


def test_unknown_codes_are_counted_and_the_dollar_is_not() -> None:
    checked = check_observations([_seen("NOPE", "1"), _seen("USD", "1")], CODES, NOW)
    assert (checked.unknown, checked.good, checked.refused) == (1, [], [])


def test_good_ones_come_by_their_time() -> None:
    earlier = NOW - timedelta(days=1)
    seen = [_seen("EUR", "0.8"), _seen("EUR", "0.7", earlier)]
    checked = check_observations(seen, CODES, NOW)
    assert [one.at for one in checked.good] == [earlier, NOW]


@pytest.mark.parametrize(
    ("rate", "is_one"),
    [("3", False), ("3.01", True), ("0.34", False), ("0.33", True)],
)
def test_jump_is_more_than_three_times_as_much_or_as_little(
    rate: str, *, is_one: bool
) -> None:
    assert is_jump(Decimal(rate), Decimal(1), Decimal(3)) is is_one
