"""Whatever fails while a page loads, it says so and offers a retry."""

from typing import Any

import pytest

from admin.state import jobs as staff_jobs
from admin.state import mail as staff_mail
from admin.state import overview as staff_overview
from admin.state import person as staff_person
from admin.state import rates as staff_rates
from admin.state import trail as staff_trail
from admin.state import users as staff_users
from fintrack.core.actor import Role
from fintrack.core.errors import NotAllowed
from fintrack.services.database import Database
from fintrack.state import (
    account,
    accounts,
    categories,
    dashboard,
    history,
    security,
    trail,
)
from fintrack.state.account import AccountState
from fintrack.state.accounts import AccountsState
from fintrack.state.categories import CategoriesState
from fintrack.state.dashboard import DashboardState
from fintrack.state.history import HistoryState
from fintrack.state.security import SecurityState
from fintrack.state.trail import TrailState
from tests.books import Books, make_person
from tests.state.desk import sit_down

pytestmark = pytest.mark.database
PAGES: tuple[tuple[Any, Any], ...] = (
    (account, AccountState),
    (accounts, AccountsState),
    (categories, CategoriesState),
    (dashboard, DashboardState),
)


@pytest.mark.parametrize(
    ("error", "reason"),
    [(OSError("connection refused"), ""), (NotAllowed(), str(NotAllowed()))],
    ids=["unforeseen", "known"],
)
@pytest.mark.parametrize(
    ("module", "kind"), PAGES, ids=[kind.__name__ for _, kind in PAGES]
)
async def test_page_that_cannot_load_offers_a_retry(
    module: Any,
    kind: Any,
    error: Exception,
    reason: str,
    books: Books,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    for name in {"ask", "snapshot"} & vars(module).keys():
        monkeypatch.setattr(module, name, fail)
    monkeypatch.setattr(AccountState, "_wanted", lambda _: "1")
    state = await (await sit_down(books)).state(kind)
    await state.load()
    assert state.failure == reason
    assert getattr(state, "phase", "failed") == "failed"
    assert getattr(state, "has_failed", True)
    assert not getattr(state, "is_loading", False)


# These say how they stand in one word; the last is what they read with.
BY_STATUS: tuple[tuple[Any, Any, str], ...] = (
    (history, HistoryState, "ask"),
    (security, SecurityState, "ask"),
    (trail, TrailState, "ask"),
    (staff_jobs, staff_jobs.JobsState, "snapshot"),
    (staff_mail, staff_mail.MailState, "snapshot"),
    (staff_overview, staff_overview.OverviewState, "ask"),
    (staff_person, staff_person.PersonState, "perform"),
    (staff_rates, staff_rates.RatesState, "snapshot"),
    (staff_trail, staff_trail.StaffTrailState, "perform"),
    (staff_users, staff_users.UsersState, "ask"),
)


@pytest.mark.parametrize(
    ("module", "kind", "reads_with"),
    BY_STATUS,
    ids=[kind.__name__ for _, kind, _ in BY_STATUS],
)
async def test_page_that_has_failed_is_ready_after_a_retry(
    module: Any,
    kind: Any,
    reads_with: str,
    home: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("connection refused")

    admin = await make_person(home, "root@example.org", Role.ADMIN)
    monkeypatch.setattr(
        staff_person.PersonState, "_wanted", lambda _: str(admin.actor.person_id)
    )
    state = await (await sit_down(admin)).state(kind)
    assert state.status == "loading"
    with monkeypatch.context() as broken:
        broken.setattr(module, reads_with, fail)
        await state.load()
    assert state.status == "failed"
    await state.load()
    assert state.status == "ready"
