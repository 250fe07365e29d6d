"""Rows become the lines of COPY; accounts are asked for where they are needed."""

import pickle
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from typing import Any

from fintrack.core.chart import Kind
from fintrack.core.statements.rows import StatementRow
from fintrack.core.statements.sniffing import sniff
from fintrack.services.imports.copy_text import (
    CopyJob,
    CopyText,
    Numbered,
    encode_words,
    key_of_repetition,
)
from fintrack.services.imports.judging import Known, Question
from fintrack.services.imports.parsing import Source, import_key
from fintrack.services.imports.placing import Knowledge, Placer
from fintrack.services.imports.reading import Asker
from fintrack.services.imports.twins import Twin
from tests.services.imports.statements import as_csv

NOTHING = Known()


class _Books(Asker):
    """Answers a job from what is known, and keeps what it was asked and told."""

    def __init__(self, known: Known = NOTHING) -> None:
        super().__init__(BytesIO(), BytesIO())
        self.known = known
        self.asked: list[object] = []
        self.told: list[CopyText] = []

    def send(self, question: object) -> int:
        self.asked.append(question)
        return len(self.asked) - 1

    def wait(self, ticket: int) -> Any:
        asked = self.asked[ticket]
        return Numbered(self.known, range(70, 99)) if isinstance(asked, Question) else 9

    def tell(self, part: object) -> None:
        assert isinstance(part, CopyText)
        self.told.append(part)


def _job(data: bytes, learned: list[tuple[str, int]]) -> CopyJob:
    source = Source(partial(BytesIO, data), sniff(data).mapping, 4)
    source = source._replace(
        mapping=source.mapping.from_json(source.mapping.to_json() | {"currency": "EUR"})
    )
    at = datetime(2026, 2, 9, tzinfo=UTC)
    return CopyJob(source, "EUR", {}, 2, 3, 8, at, Knowledge(learned=learned))


def test_uncategorised_account_is_asked_for_once_and_only_where_it_is_needed() -> None:
    rows = [("2026-02-03", "Lidl", "-2.50"), ("2026-02-03", "Café", "-1.00")]
    books = _Books()
    _job(as_csv(*rows, *rows), [("CAFE", 5), ("café", 6)])(books)
    assert [asked for asked in books.asked if isinstance(asked, Kind)] == [Kind.EXPENSE]
    assert [text.rows_added for text in books.told] == [2, 2, 0]
    assert books.told[0].postings.decode().splitlines() == [
        "3\t70\t2026-02-03\t4\tEUR\t-250\t\t0\t2026-02-09T00:00:00+00:00",
        "3\t70\t2026-02-03\t9\tEUR\t250\t\t1\t\\N",
        "3\t71\t2026-02-03\t4\tEUR\t-100\t\t0\t2026-02-09T00:00:00+00:00",
        "3\t71\t2026-02-03\t6\tEUR\t100\t\t1\t\\N",
    ]


def test_postings_that_are_in_the_books_for_rows_left_out_are_told() -> None:
    day = date(2026, 2, 3)
    twins = tuple((-250, Twin(id_, 70 + id_, day, is_uncleared=True)) for id_ in (1, 2))
    row = ("2026-02-03", "Lidl", "-2.50")
    books = _Books(Known("", twins))
    _job(as_csv(row, row, row), [])(books)
    told = [(text.rows_added, text.clears) for text in books.told]
    assert told == [(0, (71, 72)), (1, ())]


def test_job_travels_to_another_process() -> None:
    job = _job(as_csv(("2026-02-03", "Lidl", "-2.50")), [])
    books = _Books()
    pickle.loads(pickle.dumps(job))(books)  # noqa: S301 - written on this line
    assert books.told[0].rows_added == 1


def test_long_words_are_cut_and_folded_for_the_search() -> None:
    row = StatementRow(1, (), date(2026, 2, 3), -1, "EUR", "Ç" * 600, "tab\there")
    placed = Placer(Knowledge(), 1).place(row)
    payee, description, note, words = encode_words(row, placed).split("\t")
    assert (len(payee), description, note) == (500, "tab\\there", "")
    assert words == f"{'c' * 500} tab here"


def test_words_of_a_file_turn_no_row() -> None:
    row = StatementRow(1, (), date(2026, 2, 3), -1, "EUR", "\u202eBar", "\u2067ف\u2069")
    said = encode_words(row, Placer(Knowledge(), 1).place(row))
    assert said == "Bar\tف\t\tbar ف"


def test_repetition_has_a_key_of_its_own() -> None:
    key = import_key(1, "ab", 1)
    assert len({key, key_of_repetition(key, 1), key_of_repetition(key, 2)}) == 3
    assert key_of_repetition(key, 1) == key_of_repetition(key, 1)
