"""Whole books are read apart from the event loop, and come over in parts."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.moved_transactions import MovedTransaction
from fintrack.core.statements.encoding import Opener
from fintrack.core.whole_books import WholeBooks, read_books
from fintrack.services.moving.reading import (
    BATCH,
    Figures,
    count_whole,
    figures_of,
    hand_over,
)


@pytest.fixture(scope="module")
def text() -> str:
    """More transactions than come over at once."""
    postings = [
        {"account": "a", "amount": "-1.00", "currency": "EUR"},
        {"account": "f", "amount": "1.00", "currency": "EUR"},
    ]
    one = {"id": "1", "date": "2026-03-05", "tags": ["x"], "postings": postings}
    account = {"id": "a", "name": "Bank", "type": "bank", "currency": "EUR"}
    return json.dumps(
        {
            "format": "fintrack/1",
            "accounts": [account],
            "categories": [{"id": "f", "name": "Food", "kind": "expense"}],
            "transactions": [one | {"payee": str(n)} for n in range(BATCH * 2 + 1)],
        }
    )


def _opener(text: str) -> Opener:
    return partial(BytesIO, text.encode())


class _Taker:
    """Holds all that is handed over."""

    def __init__(self) -> None:
        self.begun: list[tuple[WholeBooks, Figures]] = []
        self.parts: list[Sequence[MovedTransaction]] = []

    async def begin(self, books: WholeBooks, figures: Figures) -> None:
        self.begun.append((books, figures))

    async def take(self, part: Sequence[MovedTransaction]) -> None:
        assert self.begun
        self.parts.append(part)


async def test_books_come_over_in_parts_the_oldest_first(text: str) -> None:
    taker, books = _Taker(), read_books(text)
    await hand_over(_opener(text), begin=taker.begin, take=taker.take)
    assert taker.begun == [await count_whole(_opener(text))]
    assert [len(part) for part in taker.parts] == [BATCH, BATCH, 1]
    came = [one for part in taker.parts for one in part]
    assert came == [*reversed(books.transactions)]


async def test_what_cannot_be_read_begins_nothing() -> None:
    taker = _Taker()
    with pytest.raises(InvalidInput) as refused:
        await hand_over(_opener("{"), begin=taker.begin, take=taker.take)
    assert refused.value.problems[0].field == "file"
    assert not taker.begun


async def test_what_is_no_utf8_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        await count_whole(partial(BytesIO, b"\xff"))
    assert refused.value.problems[0].field == "file"


async def test_figures_come_without_the_transactions(text: str) -> None:
    books = read_books(text)
    seen, figures = await count_whole(_opener(text))
    assert seen == replace(books, transactions=())
    assert figures == figures_of(books)
    assert figures.tags == {"x"}
