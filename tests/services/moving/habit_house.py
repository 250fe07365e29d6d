"""Somebody with habits: rules, what comes again and templates, in use for a while."""

import json
from datetime import date
from typing import Any

from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.core.rules import Actions, Comparison, Condition, Field, Share
from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account, find_account
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from fintrack.services.moving.bringing import BooksBrought, bring_books
from fintrack.services.recurring.handling import (
    Booking,
    DateMark,
    book_date,
    skip_date,
)
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import ItemEnd, add_item, end_item
from fintrack.services.recurring.settling import settle_all
from fintrack.services.rules.keeping import RuleSwitch, add_rule, switch_rule
from fintrack.services.rules.rule_rows import NewRule
from fintrack.services.templates.keeping import add_template
from tests.books import Books, money
from tests.conftest import Clock
from tests.core.test_whole_books import file
from tests.services import arranging
from tests.services.moving.house import keep

# The clock of the tests stands on the Wednesday 2026-11-18 before.
SETTLED = date(2027, 1, 7)


async def set_up(books: Books, clock: Clock) -> None:
    """
    rules      Shop of 5 to 10.50 from Bank -> Food 60, Fun 40   #trip
               sun -> moon (off), moon -> sun, rent -> Old, which is closed
    recurring  Rent      1st, booked       Dec 1 (void), Jan 1
               Phone     Mondays, proposed Nov 23 (skipped), then waiting
               Dollars   15th, moves       Dec 15, Jan 15 (ahead)
               Club      20th, ended       Nov 20
               Old dues  2nd, of Old       waiting
    templates  Lunch with Food 3.00 and Fun   #noon
               Aside from Bank to Old
    """
    bank, old = await books.open("Bank", "100 EUR"), await books.open("Old")
    dollars = await books.open("USD", "0 USD")
    food, fun = await books.category("Food"), await books.category("Fun")
    await _rules(books, (bank.id, old.id), (food, fun))
    await _items(books, (bank.id, dollars.id, old.id), food)
    shares = (TemplateShare(food, money("3 EUR"), "tea"), TemplateShare(fun))
    lunch = NewTemplate(
        "Lunch", TemplateKind.EXPENSE, bank.id, shares=shares, note="n", tags=("noon",)
    )
    aside = NewTemplate(
        "Aside", TemplateKind.TRANSFER, bank.id, money("5 EUR"), to_account_id=old.id
    )
    for template in (lunch, aside):
        await perform(books.actor, add_template, template)
    seen = await ask(books.actor, find_account, old.id)
    mark = AccountMark(old.id, seen.version)
    await perform(books.actor, close_account, mark, date(2026, 11, 18))
    await _live(books, clock)


async def _rules(books: Books, accounts: tuple[int, int], two: tuple[int, int]) -> None:
    (bank, old), (food, fun) = accounts, two
    conditions = (
        arranging.payee_has("Shop"),
        Condition(Field.ACCOUNT, Comparison.IS, account_id=bank),
        Condition(
            Field.AMOUNT,
            Comparison.BETWEEN,
            least=money("5 EUR").decimal,
            most=money("10.50 EUR").decimal,
        ),
    )
    both = Actions((Share(food, 60), Share(fun, 40)), note="seen")
    new = NewRule(conditions, both, needs_all=False, tags=("trip",))
    await perform(books.actor, add_rule, new)
    sun = await arranging.keep(books, arranging.new_rule("sun", payee="moon"))
    switch = RuleSwitch(sun.rule.id, sun.version, is_on=False)
    await perform(books.actor, switch_rule, switch)
    await arranging.keep(books, arranging.new_rule("moon", payee="sun"))
    await arranging.keep(books, arranging.new_rule("rent", transfer=old))


async def _items(books: Books, accounts: tuple[int, int, int], food: int) -> None:
    bank, dollars, old = accounts

    def on(day: int, **more: Any) -> Rule:
        return Rule(Pattern.MONTH_DAY, date(2026, 1, 1), day=day, **more)

    ten, mondays = money("-10 EUR"), Rule(Pattern.WEEKS, date(2026, 1, 5))
    new = [
        NewItem("Rent", bank, food, ten, on(1, shift=Shift.AFTER), is_automatic=True),
        NewItem("Phone", bank, food, ten, mondays),
        NewItem(
            "Dollars",
            bank,
            dollars,
            ten,
            on(15),
            is_automatic=True,
            received=money("11 USD"),
        ),
        NewItem("Club", bank, food, ten, on(20), is_automatic=True),
        NewItem("Old dues", old, food, ten, on(2), is_automatic=True),
    ]
    for one in new:
        await perform(books.actor, add_item, one)


async def _live(books: Books, clock: Clock) -> None:
    """Fifty days go by."""
    found = await books.rows("SELECT id, name FROM recurring_item")
    ids = {row.name: row.id for row in found}
    clock.advance(days=5)
    await settle_all()
    await perform(books.actor, skip_date, DateMark(ids["Phone"], date(2026, 11, 23)))
    await perform(books.actor, end_item, ItemEnd(ids["Club"], 1, date(2026, 11, 30)))
    clock.advance(days=45)
    await settle_all()
    await perform(books.actor, book_date, Booking(ids["Dollars"], date(2027, 1, 15)))
    (rent,) = await books.rows(
        "SELECT transaction_id AS id FROM recurring_occurrence "
        "WHERE item_id = :id AND rule_on = '2026-12-01'",
        id=ids["Rent"],
    )
    await perform(books.actor, void_transaction, TransactionMark(rent.id, 1))


async def bring(books: Books, text: str) -> BooksBrought:
    moved = await keep(text, "books.json")
    return (await perform(books.actor, bring_books, moved)).value


async def bring_file(books: Books, **more: Any) -> BooksBrought:
    return await bring(books, json.dumps(file(**more)))


def plain(text: str) -> dict[str, Any]:
    """The habits of a file and the dates of its transactions, by names."""
    whole = json.loads(text)
    names = {one["id"]: one["name"] for one in whole["accounts"] + whole["categories"]}
    items = {one["id"]: one["name"] for one in whole.get("recurring", [])}
    said = [one["recurring"] for one in whole["transactions"] if "recurring" in one]
    dates = sorted((items[one["item"]], one["on"], one["due"]) for one in said)
    lists = {name: whole.get(name) for name in ("rules", "recurring", "templates")}
    return {"booked": dates, **_named(lists, names)}


def _named(said: Any, names: dict[str, str]) -> Any:
    """All ids of places in it replaced; those of items left out."""
    if isinstance(said, list):
        return [_named(one, names) for one in said]
    if not isinstance(said, dict):
        return said
    places = ("account", "other", "category", "transfer", "to_account")
    return {
        name: names.get(one, one) if name in places else _named(one, names)
        for name, one in said.items()
        if name != "id"
    }
