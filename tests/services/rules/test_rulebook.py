"""Rules are read as they were kept; those that rest are not tried."""

from datetime import date

from fintrack.core.rules import Rule
from fintrack.services.commands import Work, ask, perform, question
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.categories import Merge, merge_category
from fintrack.services.rules.keeping import RuleSwitch, list_rules, switch_rule
from fintrack.services.rules.rulebook import load_rulebook
from tests.books import Books
from tests.services.arranging import keep, new_rule


@question("test.rulebook")
async def read_rulebook(work: Work) -> tuple[Rule, ...]:
    return await load_rulebook(work)


async def test_rule_is_read_as_it_was_kept(books: Books) -> None:
    food, fun = await books.category("Food"), await books.category("Fun")
    new = new_rule("shop", food, fun, tags=("b", "a"), payee="Shop", note="n")
    await keep(books, new)
    (rule,) = await ask(books.actor, read_rulebook)
    assert rule.conditions == new.conditions
    assert rule.actions.shares == new.actions.shares
    assert (rule.actions.payee, rule.actions.note) == ("Shop", "n")
    assert len(rule.actions.tag_ids) == 2


async def test_rule_that_is_off_is_not_tried(books: Books) -> None:
    kept = await keep(books, new_rule("shop", payee="Shop"))
    await perform(books.actor, switch_rule, RuleSwitch(kept.rule.id, 1, is_on=False))
    assert await ask(books.actor, read_rulebook) == ()
    (listed,) = await ask(books.actor, list_rules)
    assert not listed.is_on


async def test_rule_rests_while_the_account_of_its_transfer_is_closed(
    books: Books,
) -> None:
    bank = await books.open("Bank")
    await keep(books, new_rule("save", transfer=bank.id))
    (rule,) = await ask(books.actor, read_rulebook)
    assert rule.transfer_currency == "EUR"
    closing = AccountMark(bank.id, 1)
    await perform(books.actor, close_account, closing, date(2026, 3, 1))
    assert await ask(books.actor, read_rulebook) == ()
    (listed,) = await ask(books.actor, list_rules)
    assert listed.is_resting


async def test_merged_category_takes_the_rules_along(books: Books) -> None:
    food, fun = await books.category("Food"), await books.category("Fun")
    await keep(books, new_rule("shop", food))
    await perform(books.actor, merge_category, Merge(food, 1, fun))
    (rule,) = await ask(books.actor, read_rulebook)
    assert [share.category_id for share in rule.actions.shares] == [fun]
