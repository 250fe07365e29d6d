"""A rule is applied to old transactions as one step, which is taken back as one."""

import pytest

from fintrack.core.errors import Conflict, NotFound, StaleVersion
from fintrack.services.applying.applying import Applied, apply_rule
from fintrack.services.commands import Done, perform
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.rules.keeping import (
    RuleMark,
    RuleSwitch,
    remove_rule,
    switch_rule,
)
from fintrack.services.rules.rulebook import KeptRule
from tests.books import Books, money
from tests.services.applying.shelf import DAY, fill_shelf
from tests.services.arranging import keep, mark, new_rule


async def apply(books: Books, kept: KeptRule) -> Done[Applied]:
    return await perform(books.actor, apply_rule, mark(kept))


async def test_open_ones_follow_and_chosen_ones_stay(books: Books) -> None:
    shelf = await fill_shelf(books)
    for payee, category in (("Shop A", 0), ("Shop B", shelf.fun), ("Bar", 0)):
        await shelf.spend(payee, category)
    before = await books.snapshot()
    kept = await keep(books, new_rule("shop", shelf.food))
    done = await apply(books, kept)
    assert done.value.changed == 1
    assert await shelf.categories() == [
        ("Shop A", "Food", "rule"),
        ("Shop B", "Fun", "you"),
        ("Bar", "Other spending", "you"),
    ]
    assert await books.findings() == []
    await books.undo(done.change_id)
    after = await books.snapshot()
    for table in ("transaction", "posting", "balance_month"):
        assert after[table] == before[table]


async def test_split_words_and_tags_come_together(books: Books) -> None:
    shelf = await fill_shelf(books)
    await shelf.spend("Shop A", amount="0.05 EUR")
    new = new_rule("shop", shelf.food, shelf.fun, tags=("t",), payee="Z", note="n")
    await apply(books, await keep(books, new))
    assert await shelf.categories() == [("Z", "Food+Fun", "rule")]
    found = await books.rows(
        "SELECT p.amount_minor, t.search_text, g.name FROM transaction t "
        "JOIN posting p ON p.transaction_id = t.id "
        "JOIN transaction_tag x ON x.transaction_id = t.id "
        "JOIN tag g ON g.id = x.tag_id ORDER BY p.position"
    )
    assert [tuple(row) for row in found] == [
        (-5, "z n", "t"),
        (3, "z n", "t"),
        (2, "z n", "t"),
    ]
    assert await books.findings() == []


async def test_transfer_moves_the_money_of_both_accounts(books: Books) -> None:
    shelf = await fill_shelf(books)
    bank = await books.open("Bank")
    await shelf.spend("To shop")
    done = await apply(books, await keep(books, new_rule("shop", transfer=bank.id)))
    assert (await books.balance(bank.id)).text == "10.00"
    await books.undo(done.change_id)
    assert (await books.balance(bank.id)).text == "0.00"


async def test_transfer_leaves_what_would_enter_a_reconciled_period(
    books: Books,
) -> None:
    shelf = await fill_shelf(books)
    pot = await books.open("Pot")
    await shelf.spend("Shop A")
    await shelf.spend("Shop B", day=1)
    statement = Statement(pot.id, DAY, money("0 EUR"))
    await perform(books.actor, finish_reconciliation, statement)
    done = await apply(books, await keep(books, new_rule("shop", transfer=pot.id)))
    assert (done.value.changed, done.value.locked) == (1, 1)
    assert [row[1] for row in await shelf.categories()] == ["Other spending", "Pot"]
    assert await books.findings() == []


async def test_rule_that_changed_since_or_rests_or_is_gone_is_refused(
    books: Books, stranger: Books
) -> None:
    shelf = await fill_shelf(books)
    kept = await keep(books, new_rule("shop", shelf.food))
    with pytest.raises(NotFound):
        await apply(stranger, kept)
    off = RuleSwitch(kept.rule.id, 1, is_on=False)
    await perform(books.actor, switch_rule, off)
    with pytest.raises(StaleVersion):
        await apply(books, kept)
    with pytest.raises(Conflict):
        await perform(books.actor, apply_rule, RuleMark(kept.rule.id, 2))
    await perform(books.actor, remove_rule, RuleMark(kept.rule.id, 2))
    with pytest.raises(Conflict):
        await perform(books.actor, apply_rule, RuleMark(kept.rule.id, 3))


async def test_rule_that_gave_a_category_cannot_be_unmade(books: Books) -> None:
    shelf = await fill_shelf(books)
    await shelf.spend("Shop")
    kept = await keep(books, new_rule("shop", shelf.food))
    await apply(books, kept)
    made = await books.rows(
        "SELECT max(id) AS id FROM change_set WHERE command = 'rule.add'"
    )
    with pytest.raises(Conflict, match="depends"):
        await books.undo(made[0].id)
