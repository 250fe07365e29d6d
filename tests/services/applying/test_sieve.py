"""What the database leaves out of a rule's way never is what the rule fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.folding import fold, search_words
from fintrack.core.rules import (
    WORD_TESTS,
    Actions,
    Comparison,
    Condition,
    Field,
    Rule,
)
from fintrack.services.applying.candidates import read_batches
from fintrack.services.applying.sieve import Sieve
from fintrack.services.commands import Work, ask, question
from tests.books import Books
from tests.services.applying.shelf import fill_shelf


def says(*words: str, test: Comparison = Comparison.CONTAINS, needs_all: bool) -> Rule:
    asked = tuple(Condition(Field.TEXT, test, one) for one in words)
    return Rule(1, asked, Actions(), needs_all)


def passes(sieve: Sieve, stored: str) -> bool:
    def has(pattern: str) -> bool:
        return pattern.strip("%") in stored

    return all(map(has, sieve.all_of)) and any(map(has, sieve.any_of))


_TEXTS = st.text(st.sampled_from("aBçİßς_-*?%'. 1²"), max_size=12)


@given(_TEXTS, _TEXTS, st.data())
def test_what_a_rule_fits_passes(payee: str, note: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(payee)))
    end = data.draw(st.integers(start, len(payee)))
    words = data.draw(st.sampled_from([payee[start:end], f"*{payee[start:end]}*"]))
    test = data.draw(st.sampled_from(WORD_TESTS))
    other = data.draw(_TEXTS)
    fits = Condition(Field.TEXT, test, words).compares(fold(payee))
    stored = search_words(payee, "", note)
    if fits:
        rule = says(words, test=test, needs_all=True)
        assert passes(Sieve.of(rule), stored)
        either = says(words, other, test=test, needs_all=False)
        assert passes(Sieve.of(either), stored)


def test_words_are_all_needed_or_one_of_them() -> None:
    both = Sieve.of(says("Corner-Shop", "x_1", needs_all=True))
    assert both.all_of == ("%corner%", "%shop%", "%x%", "%1%")
    either = Sieve.of(says("Corner-Shop", "bar", needs_all=False))
    assert either == Sieve(any_of=("%corner%", "%bar%"))


def test_condition_without_words_lets_everything_through() -> None:
    paid = Condition(Field.FLOW, Comparison.IS, "out")
    shop = Condition(Field.PAYEE, Comparison.CONTAINS, "shop")
    either = Rule(1, (paid, shop), Actions(), needs_all=False)
    assert Sieve.of(either) == Sieve()
    both = Rule(1, (paid, shop), Actions(), needs_all=True)
    assert Sieve.of(both).all_of == ("%shop%",)


@question("test.sieve")
async def read_sizes(work: Work, sieve: Sieve) -> list[int]:
    return [batch.size async for batch in read_batches(work, sieve)]


@pytest.mark.parametrize(
    ("words", "needs_all", "size"),
    [
        (("corner", "shop"), True, [1]),
        (("corner", "bar"), False, [2]),
        (("x_1",), True, [1]),
        (("%",), True, [3]),
    ],
)
async def test_database_reads_what_passes(
    books: Books, words: tuple[str, ...], *, needs_all: bool, size: list[int]
) -> None:
    shelf = await fill_shelf(books)
    for payee in ("Corner shop", "Shop x-1", "Bar"):
        await shelf.spend(payee)
    sieve = Sieve.of(says(*words, needs_all=needs_all))
    assert await ask(books.actor, read_sizes, sieve) == size
