"""The dashboard's figures are those of the services, formatted for their reader."""

from datetime import date

import pytest

from fintrack.core.formatting import money_parts
from fintrack.core.money import Money
from fintrack.core.period import month_of
from fintrack.services.changes import list_changes
from fintrack.services.commands import ask, perform
from fintrack.services.dashboard.overview import build_dashboard
from fintrack.services.first_run import Beginning, Start, find_ledger, start_with
from fintrack.services.sessions import SessionView
from fintrack.state.dashboard import DashboardState
from tests.services.test_sessions import open_session
from tests.state.conftest import Tab

TODAY = date(2026, 11, 18)


@pytest.fixture
async def ada(tab: Tab) -> SessionView:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    return view


@pytest.fixture
async def sample(ada: SessionView) -> SessionView:
    await perform(ada.actor, start_with, Start(Beginning.SAMPLE, TODAY, "en"))
    return ada


async def test_books_without_anything_say_how_to_begin(
    tab: Tab, ada: SessionView
) -> None:
    assert ada
    await tab.send(DashboardState.load)
    assert '"empty"' in tab.shown


async def test_figures_are_those_of_the_service(tab: Tab, sample: SessionView) -> None:
    await tab.send(DashboardState.load)
    view = await ask(sample.actor, build_dashboard, period=month_of(TODAY), as_of=TODAY)
    first = view.spending[0]
    shown = [
        *(one.total for one in view.net_worth),
        *(one.balance for one in view.accounts),
        *(first.spent, view.cash_flow[0].now.left),
    ]
    assert len(shown) > 10
    assert not [money for money in shown if _major(money) not in tab.shown]


async def test_what_has_no_category_is_one_click_away(
    tab: Tab, sample: SessionView
) -> None:
    assert sample
    await tab.send(DashboardState.load)
    assert "amounts have no category." in tab.shown
    assert "/transactions?category=none&period=all" in tab.shown


async def test_curve_comes_after_the_figures(tab: Tab, sample: SessionView) -> None:
    assert sample
    await tab.send(DashboardState.load)
    assert "Balance from" not in tab.shown
    await tab.send(DashboardState.load_curve)
    assert "Balance from" in tab.shown


@pytest.mark.parametrize("value", ["XXX", "", "'; drop table"])
async def test_currency_that_is_not_there_changes_nothing(
    tab: Tab, sample: SessionView, value: str
) -> None:
    assert sample
    await tab.send(DashboardState.load)
    tab.deltas.clear()
    await tab.send(DashboardState.choose_currency, value=value)
    assert "board" not in tab.shown


async def test_removed_sample_is_brought_back_by_undo(
    tab: Tab, sample: SessionView
) -> None:
    await tab.send(DashboardState.load)
    await tab.send(DashboardState.remove_sample)
    assert "The sample data is gone." in tab.shown
    assert (await ask(sample.actor, find_ledger)).started_with is None
    change, *_ = await ask(sample.actor, list_changes)
    await tab.send(DashboardState.undo, change_id=str(change.id))
    assert (await ask(sample.actor, find_ledger)).started_with is Beginning.SAMPLE


async def test_undo_of_what_is_no_change_is_told(tab: Tab, sample: SessionView) -> None:
    assert sample
    await tab.send(DashboardState.load)
    await tab.send(DashboardState.undo, change_id="12x")
    assert '"bad"' in tab.shown


def _major(money: Money) -> str:
    """The whole units as the page has them, with what follows in the row."""
    return f'"{money_parts(money, "en").major}"'
