"""Weeks and months begin where the reader's do."""

from datetime import date

import pytest

from fintrack.core.period import parse_period
from fintrack.services.sessions import SessionView
from fintrack.state.amounts import Reader
from fintrack.state.dashboard import DashboardState
from fintrack.state.periods import chosen_period, period_choices
from fintrack.state.settings import SettingsState
from fintrack.state.transaction_filters import period_label
from fintrack.state.transactions import TransactionsState
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab
from tests.state.test_settings import FORM

WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("week", "2026-11-16..2026-11-22"),
        ("month", "2026-11"),
        ("quarter", "2026-Q4"),
        ("year", "2026"),
    ],
)
def test_present_period_of_each_kind(kind: str, text: str) -> None:
    reader = Reader(today=WEDNESDAY)
    period = chosen_period(kind, reader)
    assert period
    assert period.text == text
    assert kind in [choice.value for choice in period_choices(reader)]


@pytest.mark.parametrize(
    ("week_start", "first"), [(0, date(2026, 11, 16)), (6, date(2026, 11, 15))]
)
def test_week_begins_on_the_readers_day(week_start: int, first: date) -> None:
    period = chosen_period("week", Reader(today=WEDNESDAY, week_start=week_start))
    assert period
    assert period.start == first


def test_month_begins_on_the_readers_day_and_says_so() -> None:
    reader = Reader(today=WEDNESDAY, month_start=25)
    period = chosen_period("month", reader)
    assert period
    assert (period.start, period.end) == (date(2026, 10, 25), date(2026, 11, 25))
    assert parse_period(period.text, month_start=25) == period
    assert "25" in period_label(period, reader)
    assert "24" in period_label(period, reader)


def test_period_that_is_not_offered_is_none() -> None:
    assert chosen_period("range", Reader()) is None


@pytest.fixture
async def ada(tab: Tab) -> SessionView:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    await tab.send(SettingsState.load)
    await tab.send(SettingsState.save, form=FORM)
    return view


async def test_picker_follows_the_settings(tab: Tab, ada: SessionView) -> None:
    """Her weeks begin on Sunday, her months on day 15."""
    assert ada
    await tab.send(DashboardState.choose_period, value="week")
    assert "period=2026-11-15..2026-11-21" in tab.scripts[-1]
    await tab.send(TransactionsState.choose_period, value="week")
    assert "period=2026-11-15..2026-11-21" in tab.scripts[-1]
    await tab.send(DashboardState.load)
    assert "Nov 15 – Dec 14" in tab.shown
    before = len(tab.scripts)
    await tab.send(DashboardState.choose_period, value="century")
    assert len(tab.scripts) == before
