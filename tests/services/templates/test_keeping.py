"""Templates are kept under a name, replaced, renamed and removed."""

from dataclasses import replace
from datetime import date

import pytest

from fintrack.core.errors import Conflict, InvalidInput, NotFound, StaleVersion
from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from fintrack.services.commands import ask, perform
from fintrack.services.ledger.accounts import AccountMark, close_account
from fintrack.services.ledger.categories import Merge, merge_category
from fintrack.services.tags.keeping import (
    TagMark,
    list_tags,
    remove_tag,
)
from fintrack.services.tags.merging import TagMerge, merge_tag
from fintrack.services.templates import keeping
from fintrack.services.templates.keeping import (
    TemplateChange,
    TemplateMark,
    TemplateName,
    list_templates,
)
from tests.books import Books, money
from tests.services.template_acts import keep, lunch
from tests.services.test_registry import Places, arrange


@pytest.fixture
async def at(books: Books) -> Places:
    return await arrange(books)


async def test_template_says_what_was_kept(books: Books, at: Places) -> None:
    kept = await keep(books, lunch(at))
    assert (kept.name, kept.payee, kept.amount) == ("Lunch", "Bar", money("12 EUR"))
    assert [(s.category_name, s.amount, s.memo) for s in kept.shares] == [
        ("Food", None, ""),
        ("Drinks", money("3 EUR"), "tea"),
    ]
    assert (kept.tags, kept.closed) == (("noon", "work"), ())
    assert await ask(books.actor, list_templates) == [kept]


async def test_list_is_by_name_however_it_is_written(books: Books, at: Places) -> None:
    for name in ("épicerie", "Zoo", "apple"):
        await keep(books, replace(lunch(at), name=name))
    found = await ask(books.actor, list_templates)
    assert [view.name for view in found] == ["apple", "épicerie", "Zoo"]


async def test_name_is_taken_in_every_spelling(books: Books, at: Places) -> None:
    await keep(books, lunch(at))
    other = await keep(books, replace(lunch(at), name="Other"))
    with pytest.raises(InvalidInput, match="already has this name"):
        await keep(books, replace(lunch(at), name=" LUNCH "))
    taken = TemplateName(other.id, 1, "lunch")
    with pytest.raises(InvalidInput, match="already has this name"):
        await perform(books.actor, keeping.rename_template, taken)
    own = TemplateName(other.id, 1, "OTHER")
    assert (await perform(books.actor, keeping.rename_template, own)).value.version == 2


async def test_edit_replaces_all_of_it_once(books: Books, at: Places) -> None:
    kept = await keep(books, lunch(at))
    new = NewTemplate(
        "Put aside", TemplateKind.TRANSFER, at.cash, to_account_id=at.bank
    )
    change = TemplateChange(kept.id, kept.version, new)
    done = await perform(books.actor, keeping.edit_template, change)
    assert (done.value.kind, done.value.to_account_name) == ("transfer", "Bank")
    assert (done.value.shares, done.value.tags) == ((), ())
    with pytest.raises(StaleVersion):
        await perform(books.actor, keeping.edit_template, change)
    with pytest.raises(StaleVersion):
        name = TemplateName(kept.id, 1, "x")
        await perform(books.actor, keeping.rename_template, name)
    with pytest.raises(StaleVersion):
        mark = TemplateMark(kept.id, 1)
        await perform(books.actor, keeping.remove_template, mark)


async def test_removed_template_comes_back_whole(books: Books, at: Places) -> None:
    kept = await keep(books, lunch(at))
    mark = TemplateMark(kept.id, kept.version)
    done = await perform(books.actor, keeping.remove_template, mark)
    assert await ask(books.actor, list_templates) == []
    await books.undo(done.change_id)
    (again,) = await ask(books.actor, list_templates)
    assert replace(again, version=kept.version) == kept


async def test_amount_is_of_the_currency_of_the_account(
    books: Books, at: Places
) -> None:
    dollars = replace(lunch(at), amount=money("1 USD"))
    with pytest.raises(InvalidInput, match="is kept in"):
        await keep(books, dollars)


async def test_places_are_what_the_kind_wants(books: Books, at: Places) -> None:
    for wrong in (
        replace(lunch(at), account_id=at.food),
        replace(lunch(at), shares=(TemplateShare(at.bank),)),
    ):
        with pytest.raises(InvalidInput, match="This is not"):
            await keep(books, wrong)


async def test_places_of_somebody_else_are_not_there(
    books: Books, stranger: Books, at: Places
) -> None:
    theirs = await arrange(stranger)
    for wrong in (
        replace(lunch(at), account_id=theirs.cash),
        replace(lunch(at), shares=(TemplateShare(theirs.food),)),
    ):
        with pytest.raises(NotFound):
            await keep(books, wrong)


async def test_merged_category_moves_along(books: Books, at: Places) -> None:
    await keep(books, lunch(at))
    merge = Merge(at.drinks, 1, at.food)
    before = await books.snapshot()
    done = await perform(books.actor, merge_category, merge)
    (view,) = await ask(books.actor, list_templates)
    assert [share.category_name for share in view.shares] == ["Food", "Food"]
    assert view.closed == ()
    await books.undo(done.change_id)
    assert await books.snapshot() == before


async def test_closed_account_is_named_and_nothing_fails(
    books: Books, at: Places
) -> None:
    new = NewTemplate("Aside", TemplateKind.TRANSFER, at.cash, to_account_id=at.bank)
    kept = await keep(books, new)
    mark = AccountMark(at.bank, 1)
    await perform(books.actor, close_account, mark, date(2026, 11, 18))
    (view,) = await ask(books.actor, list_templates)
    assert view.closed == ("Bank",)
    renamed = TemplateName(kept.id, kept.version, "Savings")
    await perform(books.actor, keeping.rename_template, renamed)
    with pytest.raises(Conflict, match="is closed"):
        await keep(books, replace(new, name="Other"))


async def test_tags_are_merged_and_removed_in_templates_too(
    books: Books, at: Places
) -> None:
    await keep(books, lunch(at))
    noon, work = await ask(books.actor, list_tags)
    await perform(books.actor, merge_tag, TagMerge(noon.id, 1, work.id))
    (view,) = await ask(books.actor, list_templates)
    assert view.tags == ("work",)
    await perform(books.actor, remove_tag, TagMark(work.id, 1))
    (view,) = await ask(books.actor, list_templates)
    assert view.tags == ()


async def test_there_is_an_end_to_templates(
    books: Books, at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_TEMPLATES", 2)
    for name in ("a", "b"):
        await keep(books, replace(lunch(at), name=name))
    with pytest.raises(Conflict, match="There are 2 templates already"):
        await keep(books, replace(lunch(at), name="c"))
