"""The rules' page: written, tried out, kept, put in order."""

from datetime import date
from typing import Any

import pytest

from fintrack.services.commands import ask, perform
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.state.rules import RulesState
from tests.books import Books, money
from tests.services.arranging import keep, new_rule, open_places
from tests.services.imports.conftest import Desk, store
from tests.services.imports.statements import as_csv
from tests.state.desk import sit_down

__all__ = ["store"]

DAY = date(2026, 11, 2)


@pytest.fixture
async def page(books: Books) -> RulesState:
    return await (await sit_down(books)).state(RulesState)


async def write(page: RulesState, words: str, **form: Any) -> None:
    """Writes a rule on payees and asks what it would change."""
    await page.start_new()
    (condition,) = page.draft.conditions
    await page.try_out({f"words_{condition.key}": words, **form})


async def test_rule_is_tried_out_kept_and_applied(
    page: RulesState, books: Books
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    await books.spend(cash.id, await open_places(books), "5 EUR", DAY, "Corner shop")
    await write(page, "shop", category=str(food), tags="a, b", payee="Shop")
    assert (page.step, page.count) == ("look", "1 transaction changes.")
    (row,) = page.changes
    assert (row.before, row.after) == (
        "Corner shop · Other spending",
        "Shop · Food · #a · #b",
    )
    await page.save_and_apply()
    assert (page.step, page.notice.text) == (
        "",
        "The rule was saved and changed 1 transaction.",
    )
    assert [(one.when, one.then) for one in page.rules] == [
        ("When payee contains “shop”", "Food · Payee Shop · #a · #b")
    ]
    (view, *_) = (await ask(books.actor, list_transactions, Filter())).items
    assert (view.payee, view.category_source) == ("Shop", "rule")


async def test_what_a_rule_left_because_of_the_other_account_is_told(
    page: RulesState, books: Books
) -> None:
    cash, pot = await books.open("Cash"), await books.open("Pot")
    await books.spend(cash.id, await open_places(books), "5 EUR", DAY, "Corner shop")
    statement = Statement(pot.id, DAY, money("0 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    await page.load()
    await page.start_new()
    page.choose_does("transfer")
    (condition,) = page.draft.conditions
    await page.try_out({f"words_{condition.key}": "shop", "transfer": str(pot.id)})
    left = (
        "1 stays as it is: the day is before Pot begins or reconciled there, or the "
        "money is among what is reconciled there."
    )
    assert (page.left, page.can_apply) == ([left], False)
    assert [(row.is_locked, row.after) for row in page.changes] == [(True, "")]
    await page.save_and_apply()
    assert page.notice.text == (
        f"The rule was saved and changed 0 transactions. {left}"
    )


@pytest.mark.usefixtures("store")
async def test_rule_of_transfers_says_what_it_ends_and_how_many_it_ended(
    page: RulesState, books: Books
) -> None:
    bank, visa = await books.open("Bank"), await books.open("Visa")
    desk = Desk(books)
    await desk.bring(bank.id, as_csv(("2026-11-02", "VISA PAYMENT", "-100.00")))
    await desk.bring(visa.id, as_csv(("2026-11-03", "RECEIVED", "100.00")))
    await page.load()
    await page.start_new()
    page.choose_does("transfer")
    (condition,) = page.draft.conditions
    await page.try_out({f"words_{condition.key}": "visa", "transfer": str(visa.id)})
    (told,) = page.left
    assert "becomes void" in told
    await page.save_and_apply()
    assert page.notice.text == (
        "The rule was saved and changed 1 transaction. 1 row of the other account is "
        "the same transfer and void now."
    )


async def test_findings_stand_beside_what_they_are_about(
    page: RulesState, books: Books
) -> None:
    await books.category("Food")
    await write(page, "", category="")
    assert (page.step, page.errors) == ("write", {"shares": "Please choose one."})
    page.choose_does("nothing")
    await page.try_out({})
    assert page.errors == {}
    assert page.draft.conditions[0].error == "Please enter a text to look for."


async def test_split_keeps_two_and_reads_whole_percents(
    page: RulesState, books: Books
) -> None:
    food, fun = await books.category("Food"), await books.category("Fun")
    await page.start_new()
    page.choose_does("split")
    first, second = page.draft.shares
    page.drop_share(first.key)
    assert len(page.draft.shares) == 2
    form: dict[str, str | None] = {
        f"words_{page.draft.conditions[0].key}": "shop",
        f"category_{first.key}": str(food),
        f"category_{second.key}": str(fun),
        f"percent_{first.key}": "60 %",
        f"percent_{second.key}": "x",
    }
    await page.try_out(form)
    assert page.errors == {"shares": "Please enter whole percents."}
    await page.try_out(form | {f"percent_{second.key}": "40"})
    await page.save()
    assert [one.then for one in page.rules] == ["Food 60 % · Fun 40 %"]


async def test_order_in_which_rules_would_loop_is_refused_with_the_reason(
    page: RulesState, books: Books
) -> None:
    for of, to in (("one", "two"), ("two", "three"), ("two", "one")):
        await keep(books, new_rule(of, payee=to))
    await page.load()
    before = page.rules
    await page.move(before[2].id, "2")
    assert page.notice.text == (
        "Then rules would rename “two” in a circle that never ends."
    )
    assert page.rules == before
    await page.turn(before[1].id, False)  # noqa: FBT003 - as the browser sends it
    await page.start_edit(before[1].id)
    await page.remove()
    assert page.notice.tone == "bad"
    assert page.rules == before


async def test_conditions_come_and_go_and_join(page: RulesState, books: Books) -> None:
    food = await books.category("Food")
    await page.start_new()
    page.add_condition()
    first, second = page.draft.conditions
    page.choose_field(second.key, "amount")
    page.choose_join("any")
    form: dict[str, str | None] = {
        f"words_{first.key}": "shop",
        f"least_{second.key}": "5",
        f"most_{second.key}": "7.5",
        "category": str(food),
    }
    await page.try_out(form)
    await page.save()
    (row,) = page.rules
    assert row.when == "When payee contains “shop” or amount is \u20685–7.5\u2069"
    await page.start_edit(row.id)
    page.drop_condition(page.draft.conditions[0].key)
    page.drop_condition(page.draft.conditions[0].key)
    assert [one.field for one in page.draft.conditions] == ["amount"]


async def test_rules_are_moved_switched_and_removed(
    page: RulesState, books: Books
) -> None:
    for name in "abc":
        await keep(books, new_rule(name, payee=name))
    await page.load()
    first = page.rules[0].id
    await page.move(first, "3")
    assert [row.then for row in page.rules] == ["Payee b", "Payee c", "Payee a"]
    assert page.rules[2].is_last
    await page.turn(first, False)  # noqa: FBT003 - as the browser sends it
    assert not page.rules[2].is_on
    await page.start_edit(first)
    await page.remove()
    assert [row.then for row in page.rules] == ["Payee b", "Payee c"]
    await page.undo(page.notice.change)
    assert len(page.rules) == 3


async def test_rule_that_is_gone_is_said_and_nothing_opens(
    page: RulesState, books: Books
) -> None:
    kept = await keep(books, new_rule("a", payee="a"))
    await page.load()
    await page.start_edit(str(kept.rule.id))
    await page.remove()
    await page.start_edit(str(kept.rule.id))
    assert (page.step, page.notice.tone) == ("", "bad")
