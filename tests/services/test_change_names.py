"""A list of changes names what each was about."""

from datetime import date
from decimal import Decimal

from fintrack.core.exchange import Rate
from fintrack.core.rules import Actions
from fintrack.services.change_fields import Name
from fintrack.services.changes import list_changes
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.services.rules.keeping import (
    RuleChange,
    RuleSwitch,
    edit_rule,
    remove_rule,
    switch_rule,
)
from fintrack.services.rules.rule_rows import NewRule
from tests.books import Books
from tests.services.arranging import (
    keep,
    keep_change,
    mark,
    new_rule,
    payee_has,
)

DAY = date(2026, 3, 5)


async def _abouts(books: Books) -> list[tuple[Name, ...]]:
    return [change.about for change in await ask(books.actor, list_changes)]


async def test_own_rate_is_its_own_name(books: Books) -> None:
    given = OwnRateGiven("USD", "TRY", DAY, Decimal(45))
    await perform(books.actor, set_own_rate, given)
    assert await _abouts(books) == [(Rate("USD", "TRY", Decimal(45), DAY),)]


async def test_each_change_names_its_things(books: Books, stranger: Books) -> None:
    cash = await books.open("Cash", "100 EUR")
    food = await books.category("Food")
    spent = await books.spend(cash.id, food, "2 EUR", DAY, "Café")
    await perform(books.actor, void_transaction, TransactionMark(spent.value.id, 1))
    await books.undo((await ask(books.actor, list_changes))[0].id)
    await keep(books, new_rule("café", food))
    assert await _abouts(books) == [
        ("café → Food",),
        ("Café",),
        ("Café",),
        ("Café",),
        ("Food",),
        ("Cash",),
    ]
    assert await _abouts(stranger) == []


async def test_rules_are_told_apart_by_what_they_look_for(books: Books) -> None:
    bar = await keep_change(books, new_rule("bar", tags=("food",), payee="Pub"))
    other = NewRule((payee_has("x"), payee_has("y")), Actions(payee="Z"))
    kept = await keep(books, new_rule("shop", tags=("food",)))
    edited = RuleChange(kept.rule.id, kept.version, other)
    now = (await perform(books.actor, edit_rule, edited)).value
    off = RuleSwitch(now.rule.id, now.version, is_on=False)
    seen = (await perform(books.actor, switch_rule, off)).value
    await perform(books.actor, remove_rule, mark(seen))
    await books.undo(bar.change_id)
    assert await _abouts(books) == [
        ("bar", "food"),
        ("x → Z",),
        ("x → Z",),
        ("x → Z",),
        ("x → Z",),
        ("bar",),
    ]
