"""The rows of a file that are not taken, as a file of their own with the reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fintrack.core.csv_text import csv_lines
from fintrack.core.errors import Problem
from fintrack.core.saying import say
from fintrack.core.text import message_id, translate
from fintrack.services.imports.judging import (
    Judge,
    Known,
    Verdict,
    books_of,
    question_of,
)
from fintrack.services.imports.parsing import ParsedRow, Parsing, Source
from fintrack.services.imports.reading import Asker

ROW = message_id("Row")
REASON = message_id("Why it was left out")
CHOSEN = message_id("You chose to leave it out.")


@dataclass(frozen=True, slots=True)
class LeftOutJob:
    """A file of which the rows that are not taken are wanted.

    It knows the reader's language, unlike a verb: 100,000 reasons put into words by a
    door would hold up everybody else.
    """

    source: Source
    currency: str
    chosen: dict[int, bool]
    batch_rows: int
    language: str

    def __call__(self, asker: Asker) -> None:
        """Reads the whole file; tells the lines of a CSV file in UTF-8."""
        file = Parsing(self.source, self.batch_rows)
        judge = Judge(self.currency, self.chosen, file.holds)
        names = [translate(name, self.language) for name in (ROW, REASON)]
        head = csv_lines([[*names, *self.source.mapping.header]])
        asker.tell(head.encode("utf-8-sig"))
        for batch, known in asker.ask_ahead(file.batches(), question_of):
            verdicts = judge.judge(batch, books_of(known or Known()))
            lines = csv_lines(self._records(batch, verdicts))
            asker.tell(lines.encode("utf-8", "replace"))

    def _records(
        self, batch: Sequence[ParsedRow], verdicts: Sequence[Verdict]
    ) -> Iterator[list[str]]:
        for (row, _), verdict in zip(batch, verdicts, strict=True):
            if not verdict.taken:
                yield [str(row.number), self._why(verdict.reasons), *row.raw]

    def _why(self, reasons: Sequence[Problem]) -> str:
        said = [say(reason, self.language) for reason in reasons]
        return " ".join(said) or translate(CHOSEN, self.language)
