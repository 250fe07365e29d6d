"""Whatever fails while a page loads, it says so and offers a retry."""

from typing import Any

import pytest

from fintrack.core.errors import NotAllowed
from fintrack.state import account, accounts, categories, dashboard
from fintrack.state.account import AccountState
from fintrack.state.accounts import AccountsState
from fintrack.state.categories import CategoriesState
from fintrack.state.dashboard import DashboardState
from tests.books import Books
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
    async def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(module, "ask", fail)
    monkeypatch.setattr(AccountState, "_wanted", lambda _: "1")
    state = await (await sit_down(books)).state(kind)
    await state.load()
    assert state.failure == reason
    assert getattr(state, "phase", "failed") == "failed"
    assert getattr(state, "has_failed", True)
    assert not getattr(state, "is_loading", False)
