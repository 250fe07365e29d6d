"""Rules are told apart by what they look for, or else by what they do."""

from decimal import Decimal

from fintrack.core.rules import Actions, Comparison, Condition, Field, Share
from fintrack.services.commands import Work, perform
from fintrack.services.rules.keeping import remove_rule
from fintrack.services.rules.naming import name_rules
from fintrack.services.rules.rule_rows import NewRule
from tests.books import Books
from tests.services.arranging import keep, mark, payee_has

MUCH = Condition(Field.AMOUNT, Comparison.BETWEEN, least=Decimal(100))


async def test_rule_is_called_by_what_it_looks_for_and_does(
    books: Books, stranger: Books
) -> None:
    cash, food = await books.open("Cash"), await books.category("Food")
    pot = await books.open("Pot")
    here = Condition(Field.ACCOUNT, Comparison.IS, account_id=cash.id)
    rules = [
        await keep(books, NewRule(conditions, actions, tags=tags))
        for conditions, actions, tags in (
            ((MUCH, here, payee_has("shop"), payee_has("bar")), Actions(note="n"), ()),
            ((MUCH, here), Actions(payee="Shop"), ()),
            ((MUCH,), Actions(payee="Shop", note="n"), ()),
            ((MUCH,), Actions((Share(food),), note="n"), ()),
            ((MUCH,), Actions(transfer_account_id=pot.id), ("a",)),
            ((MUCH,), Actions(note="Why"), ("a",)),
            ((MUCH,), Actions(), ("b", "a")),
        )
    ]
    ids = [kept.rule.id for kept in rules]
    await perform(books.actor, remove_rule, mark(rules[-1]))
    found = await _named(books, ids)
    assert [found[rule_id] for rule_id in ids] == [
        "shop → n",
        "Cash → Shop",
        "Shop",
        "Food",
        "Pot",
        "Why",
        "a",
    ]
    assert await _named(stranger, ids) == {}


async def _named(books: Books, ids: list[int]) -> dict[int, str]:
    async with books.home.reading() as session:
        return await name_rules(Work(session, books.actor, books.home.clock()), ids)
