"""Habits of a file that cannot be are named, and nothing of the file comes in."""

import json
from typing import Any

import pytest

from fintrack.core.errors import Conflict, InvalidInput
from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from fintrack.services import blobs
from fintrack.services.commands import ask, perform
from fintrack.services.moving.receiving import survey_file
from fintrack.services.recurring import items
from fintrack.services.rules import rule_rows
from fintrack.services.rules.keeping import list_rules
from fintrack.services.templates.keeping import add_template
from tests.books import Books
from tests.core.habit_files import HABITS, item, renaming, rule, template
from tests.core.test_whole_books import account, file
from tests.services import arranging
from tests.services.moving.habit_house import bring, bring_file

LISTS = ("rules", "recurring", "templates")


@pytest.mark.parametrize("name", LISTS)
async def test_place_that_is_not_in_the_file_is_named_and_nothing_is_left(
    stranger: Books, name: str
) -> None:
    before = await stranger.snapshot()
    missing = [HABITS[name](id=str(n), name=f"N{n}", account="?") for n in range(9)]
    if name == "rules":
        missing = [rule(shares=[{"category": "?"}]) for _ in range(9)]
    with pytest.raises(InvalidInput, match="not in the file") as refused:
        await bring_file(stranger, **{name: missing})
    assert {one.field for one in refused.value.problems} == {"file"}
    assert refused.value.text.count("cannot come in") == 5
    assert await stranger.snapshot() == before


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"recurring": [item(name="")]}, "a name of at most 100"),
        ({"recurring": [item(other="b")]}, "what arrives"),
        ({"recurring": [item(currency="USD")]}, "Bank is kept in EUR"),
        ({"recurring": [item(other="a")]}, "two different accounts"),
        ({"recurring": [item(amount="0.00")]}, "other than zero"),
        ({"rules": [rule(tags=["a,b"])]}, "no comma"),
        ({"rules": [renaming("u", "v"), renaming("v", "u")]}, "in a circle"),
    ],
)  # fmt: skip
async def test_what_nobody_can_set_up_by_hand_is_refused_also_before(
    stranger: Books, more: dict[str, Any], said: str
) -> None:
    before = await stranger.snapshot()
    accounts = [account(), account(id="b", name="USD", currency="USD")]
    with pytest.raises(InvalidInput, match=said) as refused:
        await bring_file(stranger, accounts=accounts, **more)
    assert {one.field for one in refused.value.problems} == {"file"}
    assert await stranger.snapshot() == before
    text = json.dumps(file(accounts=accounts, **more)).encode()
    with pytest.raises(InvalidInput, match=said):
        await survey_file(stranger.actor, blobs.whole(text))


async def test_more_dates_that_are_due_than_somebody_missed_are_refused(
    stranger: Books,
) -> None:
    before = await stranger.snapshot()
    since = {"starts_on": "2020-01-01", "counts_from": "2020-01-01"}
    many = item(pattern="days", **since)
    with pytest.raises(InvalidInput, match="More than 2000 dates") as refused:
        await bring_file(stranger, recurring=[many])
    assert {one.field for one in refused.value.problems} == {"file"}
    assert await stranger.snapshot() == before


async def test_circle_with_a_rule_that_is_here_is_refused(stranger: Books) -> None:
    await arranging.keep(stranger, arranging.new_rule("moon", payee="sun"))
    with pytest.raises(InvalidInput, match="in a circle"):
        await bring_file(stranger, rules=[renaming("sun", "moon")])
    await bring_file(stranger, rules=[renaming("moon", "sun")])
    kept = await ask(stranger.actor, list_rules)
    assert [one.rule.actions.payee for one in kept] == ["sun", "sun"]


async def test_habits_need_room_beside_those_that_are_here(
    stranger: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_rows, "MAX_RULES", 1)
    monkeypatch.setattr(items, "MOST_ITEMS", 1)
    ended = item(id="e", starts_on="2026-01-01", ends_on="2026-02-01")
    text = json.dumps(file(rules=[rule()] * 2)).encode()
    with pytest.raises(Conflict, match="1 rules"):
        await survey_file(stranger.actor, blobs.whole(text))
    with pytest.raises(Conflict, match="at most 1 recurring"):
        await bring_file(stranger, recurring=[item(), item(id="j")])
    done = await bring_file(stranger, rules=[rule()], recurring=[item(), ended])
    assert (done.rules, done.recurring) == (1, 2)


async def test_template_of_a_name_that_is_here_is_refused_before(
    stranger: Books,
) -> None:
    bank, food = await stranger.open("Bank"), await stranger.category("Food")
    shares = (TemplateShare(food),)
    new = NewTemplate("Lunch", TemplateKind.EXPENSE, bank.id, shares=shares)
    await perform(stranger.actor, add_template, new)
    text = json.dumps(file(templates=[template(name="LUNCH")]))
    chunks = blobs.whole(text.encode())
    with pytest.raises(InvalidInput, match="LUNCH cannot come in"):
        await survey_file(stranger.actor, chunks)
    with pytest.raises(InvalidInput, match="LUNCH cannot come in"):
        await bring(stranger, text)
