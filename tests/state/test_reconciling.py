"""The page of a reconciliation: address, marks, difference, finish."""

from dataclasses import dataclass
from datetime import date

import pytest

from fintrack.core.chart import AccountType
from fintrack.state.account import AccountState
from fintrack.state.reconcile_rows import Asked, read_asked
from fintrack.state.reconciling import ReconcileState
from fintrack.state.session import actor_of, reader_of
from tests.books import Books
from tests.state.desk import Desk, sit_down

pytestmark = pytest.mark.database
DAY = date(2026, 11, 10)


@dataclass(frozen=True)
class Visit:
    """Somebody at the page of an account."""

    books: Books
    desk: Desk
    account_id: int
    page: ReconcileState

    async def read(self, **address: str) -> ReconcileState:
        self.page._asked = read_asked(address)
        await self.page._read_again(
            await actor_of(self.page), await reader_of(self.page)
        )
        return self.page

    @property
    def marks(self) -> list[str]:
        return [row.mark.name for row in self.page.rows]


async def _visit(
    books: Books, monkeypatch: pytest.MonkeyPatch, account_id: object
) -> Visit:
    desk = await sit_down(books)
    page = await desk.state(ReconcileState)
    monkeypatch.setattr(ReconcileState, "_wanted", lambda _: str(account_id))
    monkeypatch.setattr(AccountState, "_wanted", lambda _: str(account_id))
    return Visit(books, desk, int(str(account_id)), page)


@pytest.fixture
async def visit(books: Books, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Cash has 100 EUR, of which 30 were spent; the bank has yet to see that."""
    cash = await books.open("Cash", "100 EUR")
    await books.spend(cash.id, await books.category("Food"), "30 EUR", DAY, "Baker")
    visit = await _visit(books, monkeypatch, cash.id)
    await visit.read()
    return visit


def test_unreadable_parts_of_an_address_ask_nothing() -> None:
    wild = {"day": "31.2.26", "balance": "1e9", "open": "yes", "after": "x"}
    assert read_asked(wild) == Asked()


async def test_page_begins_with_today_and_what_is_cleared(visit: Visit) -> None:
    page = visit.page
    assert (page.status, page.day) == ("ready", "2026-11-18")
    assert [row.name for row in page.rows] == ["Baker", "Opening balance"]
    assert visit.marks == ["open", "cleared"]
    assert page.card.cleared.major == "100"
    assert page.card.open_text == "1 transaction is not cleared"


async def test_nothing_agrees_until_a_balance_is_typed(visit: Visit) -> None:
    page = visit.page
    ask_for_it = "Enter the balance that the statement says."
    await page.toggle(page.rows[0].id)
    assert (page.typed, page.errors) == ("", {})
    assert (page.card.is_even, page.card.verdict) == (False, ask_for_it)
    assert (page.card.cleared.major, page.card.difference.major) == ("70", "–")
    await page.set_balancing(True)
    assert not page.is_balancing
    await page.type_balance("70")
    assert page.card.is_even
    await page.type_balance(" ")
    assert (page.card.is_even, page.errors) == (False, {})
    assert await page.finish() is None
    assert page.notice.text == "Please enter an amount."
    assert await visit.books.rows("SELECT FROM reconciliation") == []


async def test_difference_is_live_while_somebody_types(visit: Visit) -> None:
    page = visit.page
    await page.type_balance("70")
    assert (page.card.difference.sign, page.card.difference.major) == ("−", "30")
    assert page.card.verdict == "More is cleared than the statement says."
    await page.type_balance("seventy")
    assert page.errors["balance"]
    assert not page.card.is_said


async def test_mark_is_saved_at_once_and_the_difference_closes(visit: Visit) -> None:
    page = visit.page
    await page.type_balance("70")
    await page.toggle(page.rows[0].id)
    assert visit.marks == ["cleared", "cleared"]
    assert page.card.is_even
    again = await (await sit_down(visit.books)).state(ReconcileState)
    again._asked = Asked(balance="70")
    await again._read_again(await actor_of(again), await reader_of(again))
    assert again.card.is_even
    await page.toggle(page.rows[0].id)
    assert visit.marks == ["open", "cleared"]


async def test_whole_page_is_marked_and_taken_back(visit: Visit) -> None:
    page = visit.page
    await page.mark_page()
    assert visit.marks == ["cleared", "cleared"]
    assert page.notice.text == "1 transaction marked as cleared."
    await page.undo(page.notice.change)
    assert visit.marks == ["open", "cleared"]


async def test_finish_goes_back_to_the_account_with_undo(visit: Visit) -> None:
    page = visit.page
    await page.toggle(page.rows[0].id)
    await page.type_balance("70")
    assert await page.finish()
    account = await visit.desk.state(AccountState)
    assert account.notice.text == "Cash is reconciled up to Nov 18, 2026."
    await account.load()
    (past,) = account.reconciliations
    assert (past.can_reopen, past.is_open) == (True, False)
    await account.undo(account.notice.change)
    assert account.reconciliations == []


async def test_newest_is_opened_again_from_the_account(visit: Visit) -> None:
    await visit.page.type_balance("100")
    await visit.page.finish()
    account = await visit.desk.state(AccountState)
    await account.load()
    await account.reopen_reconciliation(account.reconciliations[0].id)
    (past,) = account.reconciliations
    assert past.is_open
    assert past.detail.endswith("Reconciliation opened again")


async def test_what_differs_is_not_finished(visit: Visit) -> None:
    page = visit.page
    await page.type_balance("70")
    assert await page.finish() is None
    assert "differs" in page.notice.text


async def test_second_tab_is_told_that_the_first_was_faster(visit: Visit) -> None:
    other = await (await sit_down(visit.books)).state(ReconcileState)
    await other._read_again(await actor_of(other), await reader_of(other))
    for page in (visit.page, other):
        await page.type_balance("100")
    await visit.page.finish()
    assert await other.finish() is None
    assert "already" in other.notice.text
    assert other.card.is_locked


async def test_unreadable_balance_is_not_finished_behind_a_dialog(visit: Visit) -> None:
    """The field shows what cannot be read; the balance before it agreed."""
    page = visit.page
    await page.type_balance("100")
    await page.type_balance("9x")
    await page.set_balancing(False)
    assert list(page.errors) == ["balance"]
    assert await page.finish() is None
    assert await visit.books.rows("SELECT FROM reconciliation") == []
    assert (page.typed, page.errors) == ("100.00", {})


async def test_unreadable_balance_is_not_balanced(visit: Visit) -> None:
    page = visit.page
    await page.type_balance("97")
    await page.type_balance("9x")
    await page.set_balancing(True)
    await page.balance()
    assert (page.is_balancing, list(page.errors)) == (False, ["balance"])
    assert page.card.cleared.major == "100"


async def test_balance_that_became_unreadable_behind_the_dialog_is_not_balanced(
    visit: Visit,
) -> None:
    page = visit.page
    await page.type_balance("97")
    await page.set_balancing(True)
    await page.type_balance("9x")
    page.choose_category(page.categories[0].choices[0].value)
    await page.balance()
    assert page.errors["balance"]
    assert page.card.cleared.major == "100"


async def test_day_that_cannot_be_is_not_finished(visit: Visit) -> None:
    page = visit.page
    await page.choose_day("2026-11-19")
    await page.type_balance("100")
    assert page.errors["statement_on"] == "This day has yet to come."
    assert await page.finish() is None
    assert await visit.books.rows("SELECT FROM reconciliation") == []


async def test_balancing_wants_a_category_and_says_what_it_does(
    visit: Visit,
) -> None:
    page = visit.page
    await page.type_balance("97")
    await page.set_balancing(True)
    assert "−€3.00" in page.balancing_text.replace("\u2068", "")
    await page.balance()
    assert page.errors["category"] == "Please choose one."
    page.choose_category(page.categories[0].choices[0].value)
    await page.balance()
    assert page.notice.text == "Balancing transaction recorded."
    assert (page.card.cleared.major, page.is_balancing) == ("97", False)


async def test_only_what_is_not_cleared_is_listed(visit: Visit) -> None:
    await visit.read(open="1")
    assert [row.name for row in visit.page.rows] == ["Baker"]


async def test_day_to_come_is_refused(visit: Visit) -> None:
    assert await visit.page.choose_day("2026-11-19") is None
    assert visit.page.errors["statement_on"] == "This day has yet to come."


async def test_on_a_card_people_type_what_they_owe(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await books.open("Card", "-50 EUR", kind=AccountType.CREDIT_CARD)
    visit = await _visit(books, monkeypatch, card.id)
    page = await visit.read()
    assert (page.owes, page.typed) == (True, "")
    await page.type_balance("50")
    assert page.card.is_even
    assert (await visit.read(balance="-50")).typed == "50.00"


@pytest.mark.parametrize("wanted", ["999999", "0"])
async def test_account_that_is_not_there_is_missing(
    books: Books, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    visit = await _visit(books, monkeypatch, wanted)
    assert (await visit.read()).status == "missing"
