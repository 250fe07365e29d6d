"""Sources, jumps and fills in the words of their reader."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from admin.state.rate_rows import fault_text, fill_row, jump_row, source_row
from fintrack.core.rate_runs import Source
from fintrack.services.rates.feeds.answers import NO_MARK, Quota
from fintrack.services.rates.filling import FillView
from fintrack.services.rates.jumps import JumpView
from fintrack.services.rates.overseeing import SourceStanding, SourceView
from fintrack.services.rates.source_rows import SourceRow
from fintrack.state.amounts import Reader

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
READER = Reader(today=NOW.date())
ROW = SourceRow(Source.EUROPE, NOW, NOW, 0, None, "", NO_MARK, None, None)
VIEW = SourceView(
    ROW, SourceStanding.WELL, rests_until=None, next_at=NOW, has_history=True
)
JUMP = JumpView("TRY", Source.EUROPE, Decimal(400), Decimal(40), NOW, NOW, 2, None)
DAYS = (date(2026, 3, 1), date(2026, 3, 4), date(2026, 3, 2))
FILL = FillView(Source.EUROPE, *DAYS, NOW, "", None, rates=0, held=0, empty_days=0)


def test_source_that_does_well_has_nothing_to_say() -> None:
    row = source_row(VIEW, READER)
    assert (row.name, row.last, row.says) == (
        "European Central Bank",
        "Today, 12:00",
        "",
    )
    assert (row.tone, row.standing) == ("income", "Well")


def test_source_that_rests_says_why_and_until_when() -> None:
    row = replace(ROW, error="bad-status 503", fetched_at=None, quota=Quota(1))
    view = replace(VIEW, row=row, standing=SourceStanding.RESTING, rests_until=NOW)
    found = source_row(view, READER)
    assert found.last == "Never"
    assert found.says == (
        "The source answered with status 503. It is left alone until Today, 12:00. "
        "One request is left."
    )


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ("timed-out", "The source did not answer in time."),
        ("of a newer program", ""),
        ("", ""),
    ],
)
def test_fault_is_a_sentence(kept: str, text: str) -> None:
    assert fault_text(kept, READER) == text


@pytest.mark.parametrize(
    ("now", "moved"), [("400", "10.0 times as much"), ("10", "one part in 4.0")]
)
def test_jump_says_how_far_it_is(now: str, moved: str) -> None:
    row = jump_row(replace(JUMP, per_usd=Decimal(now)), READER)
    assert (row.name, row.before, row.moved) == ("Turkish Lira · TRY", "40.0000", moved)
    assert row.in_force == "Unknown"


def test_jump_says_what_is_in_force_now() -> None:
    row = jump_row(replace(JUMP, in_force=Decimal(41)), READER)
    assert (row.before, row.now, row.in_force) == ("40.0000", "400.0000", "41.0000")


def test_fill_says_how_far_it_came_and_how_it_ended() -> None:
    row = fill_row(FILL, READER)
    assert (row.progress, row.percent, row.is_open) == ("1 of 4 days", 25, True)
    assert row.says == ""
    came = replace(FILL, finished_at=NOW, rates=9, held=2, empty_days=1)
    for error, says in (
        ("stopped", "Stopped"),
        ("", "Done"),
        ("bad-status 403", "The source answered with status 403."),
    ):
        assert fill_row(replace(came, error=error), READER).says == (
            f"{says} · 9 rates came · 2 wait for your word · one day had none"
        )


def test_fill_that_brought_nothing_is_not_called_done() -> None:
    row = fill_row(replace(FILL, finished_at=NOW, empty_days=4), READER)
    assert row.says == "No rates came · 4 days had none"
