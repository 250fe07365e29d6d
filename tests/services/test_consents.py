"""What somebody agreed to is listed, and a new version can be agreed to."""

import pytest

from fintrack.core import consents
from fintrack.core.consents import AGE, AGE_VERSION, TERMS, TERMS_VERSION
from fintrack.core.errors import InvalidInput
from fintrack.services.commands import ask, perform
from fintrack.services.consents import give_consent, list_consents
from tests.books import Books
from tests.conftest import Clock


async def test_yes_is_kept_once_with_its_time(books: Books, clock: Clock) -> None:
    await perform(books.actor, give_consent, TERMS, TERMS_VERSION)
    said_at = clock()
    clock.advance(minutes=5)
    await perform(books.actor, give_consent, TERMS, TERMS_VERSION)
    (found,) = await ask(books.actor, list_consents)
    assert (found.subject, found.text_version) == (TERMS, TERMS_VERSION)
    assert (found.given_at, found.language) == (said_at, "en")
    assert found.is_current


async def test_older_yes_stays_beside_the_new_one(
    books: Books, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await perform(books.actor, give_consent, TERMS, TERMS_VERSION)
    clock.advance(days=400)
    monkeypatch.setitem(consents.CURRENT, TERMS, "2028-01")
    with pytest.raises(InvalidInput) as refused:
        await perform(books.actor, give_consent, TERMS, TERMS_VERSION)
    assert refused.value.problems[0].message == consents.CHANGED
    await perform(books.actor, give_consent, TERMS, "2028-01")
    found = await ask(books.actor, list_consents)
    assert [(one.text_version, one.is_current) for one in found] == [
        ("2028-01", True),
        (TERMS_VERSION, False),
    ]


async def test_nobody_agrees_to_a_text_that_is_none(books: Books) -> None:
    with pytest.raises(InvalidInput):
        await perform(books.actor, give_consent, "everything", "1")


async def test_consents_are_ones_own(books: Books, stranger: Books) -> None:
    await perform(books.actor, give_consent, AGE, AGE_VERSION)
    assert await ask(stranger.actor, list_consents) == ()
