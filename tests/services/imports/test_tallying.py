"""A file is counted row by row: its page, its doubtful rows, its sums."""

from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

from fintrack.core.statements.sniffing import sniff
from fintrack.services.imports.judging import Known, Status
from fintrack.services.imports.parsing import Source
from fintrack.services.imports.reading import Asker
from fintrack.services.imports.tallying import SurveyJob
from tests.books import money
from tests.services.imports.statements import CURRENT


class _EmptyBooks(Asker):
    """Knows nothing of any row."""

    def __init__(self) -> None:
        super().__init__(BytesIO(), BytesIO())
        self.asked = 0

    def send(self, question: object) -> int:
        assert question
        self.asked += 1
        return self.asked

    def wait(self, ticket: int) -> Any:
        assert ticket <= self.asked
        return Known()


def _job(data: bytes) -> SurveyJob:
    mapping = replace(sniff(data).mapping, currency="EUR")
    return SurveyJob(Source(partial(BytesIO, data), mapping, 1), "EUR", {}, 2, 3)


def test_page_and_sums_of_a_file() -> None:
    books = _EmptyBooks()
    survey = _job(CURRENT)(books)
    assert books.asked == 2
    assert ([row.number for row in survey.rows], survey.next) == ([2, 3, 4], 4)
    assert (survey.to_add, survey.added_minor) == (4, 194_990)
    assert [(flow.into, flow.out) for flow in survey.flows] == [
        (money("2000 EUR"), money("50.10 EUR"))
    ]
    assert [check.holds for check in survey.balances] == [True]


def test_page_behind_a_record_and_of_one_status() -> None:
    last = replace(_job(CURRENT), after=4)(_EmptyBooks())
    assert ([row.number for row in last.rows], last.next) == ([5], None)
    none = replace(_job(CURRENT), only=Status.DOUBTFUL)(_EmptyBooks())
    assert none.rows == ()
    skipped = replace(_job(CURRENT), chosen={3: False})(_EmptyBooks())
    assert skipped.to_add == 3
