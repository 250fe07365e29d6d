"""Rows of rules are written where they may be, and only there is room for them."""

from datetime import date

import pytest

from fintrack.core.errors import Conflict, InvalidInput
from fintrack.models.rules import Rule
from fintrack.services.commands import Work, ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.rules import rule_rows
from fintrack.services.rules.keeping import find_rule
from tests.books import Books
from tests.services import arranging


def _row(work: Work, position: int) -> Rule:
    return Rule(
        ledger_id=work.ledger_id,
        position=position,
        needs_all=True,
        is_on=True,
        created_at=work.now,
    )


async def test_next_rule_comes_behind_the_others(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    food = await books.category("Food")
    await arranging.keep(books, arranging.new_rule("bar", food))
    async with arranging.at_work(books) as work:
        assert await rule_rows.next_position(work) == 2
        monkeypatch.setattr(rule_rows, "MAX_RULES", 2)
        with pytest.raises(Conflict, match="2 rules"):
            await rule_rows.next_position(work, 2)


async def test_rule_may_rest_on_what_is_closed_where_it_was_kept_before(
    books: Books,
) -> None:
    old = await books.open("Old")
    await perform(books.actor, close_account, AccountMark(old.id, 1), date(2026, 3, 1))
    new = arranging.new_rule("bar", transfer=old.id)
    async with arranging.at_work(books) as work:
        row = _row(work, 1)
        with pytest.raises(Conflict, match="Old is closed"):
            await rule_rows.write_rule(work, row, new)
        await rule_rows.write_rule(work, row, new, closed_too=True)
    assert (await ask(books.actor, find_rule, row.id)).is_resting


async def test_rule_that_says_nothing_is_not_written(books: Books) -> None:
    async with arranging.at_work(books) as work:
        with pytest.raises(InvalidInput, match="what the rule does"):
            await rule_rows.write_rule(work, _row(work, 1), arranging.new_rule("bar"))
