"""Rules are added, changed, ordered, switched off and removed."""

from typing import Any

import pytest
from sqlalchemy import text

from fintrack.core.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    StaleVersion,
    UndoRefused,
)
from fintrack.services.change_sets import open_change_set
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import (
    AccountMark,
    close_account,
    reopen_account,
)
from fintrack.services.rules import rule_rows
from fintrack.services.rules.keeping import (
    RuleChange,
    RuleMark,
    RuleSwitch,
    edit_rule,
    find_rule,
    list_rules,
    order_rules,
    remove_rule,
    switch_rule,
)
from tests.books import START, Books
from tests.services.arranging import keep, keep_change, mark, new_rule


async def payees(books: Books) -> list[str]:
    return [kept.rule.actions.payee for kept in await ask(books.actor, list_rules)]


async def test_order_is_that_of_adding_until_it_is_changed(books: Books) -> None:
    a, b, c = [await keep(books, new_rule(name, payee=name)) for name in "abc"]
    assert await payees(books) == ["a", "b", "c"]
    wanted = (c.rule.id, a.rule.id, b.rule.id)
    await perform(books.actor, order_rules, wanted)
    assert await payees(books) == ["c", "a", "b"]
    await keep(books, new_rule("d", payee="d"))
    assert await payees(books) == ["c", "a", "b", "d"]


async def test_order_that_does_not_name_each_rule_once_is_refused(
    books: Books, stranger: Books
) -> None:
    a = await keep(books, new_rule("a", payee="a"))
    other = await keep(stranger, new_rule("x", payee="x"))
    for wanted in ((), (a.rule.id, a.rule.id)):
        with pytest.raises(StaleVersion):
            await perform(books.actor, order_rules, wanted)
    with pytest.raises(NotFound):
        await perform(books.actor, order_rules, (a.rule.id, other.rule.id))


async def test_edit_replaces_everything_and_an_old_version_is_refused(
    books: Books,
) -> None:
    food = await books.category("Food")
    kept = await keep(books, new_rule("a", food, tags=("t",)))
    change = RuleChange(kept.rule.id, 1, new_rule("b", payee="B"))
    done = await perform(books.actor, edit_rule, change)
    rule = done.value.rule
    assert (rule.conditions[0].words, rule.actions.payee) == ("b", "B")
    assert (rule.actions.shares, done.value.tags) == ((), ())
    with pytest.raises(StaleVersion):
        await perform(books.actor, edit_rule, change)


async def test_removed_rule_is_found_but_not_listed_or_changed(books: Books) -> None:
    kept = await keep(books, new_rule("a", payee="a"))
    await perform(books.actor, remove_rule, RuleMark(kept.rule.id, 1))
    assert await ask(books.actor, list_rules) == []
    assert (await ask(books.actor, find_rule, kept.rule.id)).is_removed
    with pytest.raises(NotFound):
        await perform(books.actor, remove_rule, RuleMark(kept.rule.id, 2))


async def test_rules_that_would_loop_are_refused_however_they_come(
    books: Books,
) -> None:
    first = await keep(books, new_rule("alpha", payee="beta"))
    with pytest.raises(InvalidInput, match="never end"):
        await keep(books, new_rule("beta", payee="alpha"))
    off = RuleSwitch(first.rule.id, 1, is_on=False)
    await perform(books.actor, switch_rule, off)
    await keep(books, new_rule("beta", payee="alpha"))
    on = RuleSwitch(first.rule.id, 2, is_on=True)
    with pytest.raises(InvalidInput, match="never end"):
        await perform(books.actor, switch_rule, on)


async def test_account_whose_rules_would_loop_is_not_opened_again(
    books: Books,
) -> None:
    account = await books.open("Savings")
    resting = new_rule("alpha", payee="beta", transfer=account.id)
    first = await keep(books, resting)
    closed = AccountMark(account.id, account.version)
    await perform(books.actor, close_account, closed, START)
    await keep(books, new_rule("beta", payee="alpha"))
    closed = AccountMark(account.id, account.version + 1)
    with pytest.raises(InvalidInput, match="never end"):
        await perform(books.actor, reopen_account, closed)
    await perform(books.actor, remove_rule, mark(first))
    await perform(books.actor, reopen_account, closed)


@pytest.fixture
async def held(books: Books) -> tuple[RuleMark, ...]:
    """The second of three rules keeps the others from renaming in a circle."""
    names = (("one", "two"), ("two", "three"), ("two", "one"))
    kept = [await keep(books, new_rule(of, payee=to)) for of, to in names]
    return tuple(map(mark, kept))


async def test_what_would_let_rules_loop_is_refused(
    books: Books, held: tuple[RuleMark, ...]
) -> None:
    first, second, third = held
    before = await books.snapshot()
    order = (first.rule_id, third.rule_id, second.rule_id)
    off = RuleSwitch(second.rule_id, second.version, is_on=False)
    other = RuleChange(second.rule_id, second.version, new_rule("x", payee="y"))
    tried: list[tuple[Any, Any]] = [
        (order_rules, order),
        (switch_rule, off),
        (remove_rule, second),
        (edit_rule, other),
    ]
    for verb, given in tried:
        with pytest.raises(InvalidInput, match="“two” in a circle that never ends"):
            await perform(books.actor, verb, given)
    assert await books.snapshot() == before


async def test_undo_that_would_let_rules_loop_is_refused(books: Books) -> None:
    await keep(books, new_rule("one", payee="two"))
    blocking = await keep_change(books, new_rule("two", payee="three"))
    done = await keep_change(books, new_rule("two", payee="one"))
    with pytest.raises(UndoRefused, match="in a circle that never ends"):
        await books.undo(blocking.change_id)
    undone = await books.undo(done.change_id)
    await books.undo(blocking.change_id)
    with pytest.raises(UndoRefused, match="in a circle that never ends"):
        await books.undo(undone.id)


async def test_rules_that_loop_already_can_be_put_right(
    books: Books, held: tuple[RuleMark, ...]
) -> None:
    first, second, third = held
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        await open_change_set(session, books.actor, "test.loop", now, None, None)
        gone = text("UPDATE rule SET is_on = false WHERE id = :id")
        await session.execute(gone, {"id": second.rule_id})
    added = await keep(books, new_rule("other", payee="new"))
    await perform(books.actor, remove_rule, mark(added))
    on = RuleSwitch(second.rule_id, second.version, is_on=True)
    await perform(books.actor, switch_rule, on)
    await perform(books.actor, remove_rule, third)
    await perform(books.actor, remove_rule, first)


async def test_places_of_another_kind_or_ledger_are_refused(
    books: Books, stranger: Books
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    theirs = await stranger.category("Theirs")
    before = await books.snapshot()
    with pytest.raises(InvalidInput):
        await keep(books, new_rule("a", cash.id))
    with pytest.raises(InvalidInput):
        await keep(books, new_rule("a", transfer=food))
    with pytest.raises(NotFound):
        await keep(books, new_rule("a", theirs))
    with pytest.raises(NotFound):
        await ask(stranger.actor, find_rule, 1)
    assert await books.snapshot() == before


async def test_there_is_an_end_to_rules(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_rows, "MAX_RULES", 1)
    await keep(books, new_rule("a", payee="a"))
    with pytest.raises(Conflict):
        await keep(books, new_rule("b", payee="b"))
