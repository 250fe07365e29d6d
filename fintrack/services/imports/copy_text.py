"""Writes the rows that are taken as the input of COPY, in the process that reads them.

The text format of COPY: one line a row, a tab between values.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from fintrack.core.chart import Kind
from fintrack.core.copy_lines import escaped
from fintrack.core.entries import MAX_TEXT
from fintrack.core.folding import search_words
from fintrack.core.statements.duplicates import DIGEST_BYTES
from fintrack.core.statements.formats import Format
from fintrack.core.statements.rows import StatementRow
from fintrack.core.words import without_turns
from fintrack.services.imports.judging import (
    Judge,
    Known,
    Verdict,
    books_of,
    question_of,
)
from fintrack.services.imports.parsing import ParsedRow, Parsing, Source
from fintrack.services.imports.placing import OPEN, Knowledge, Placement, Placer
from fintrack.services.imports.reading import Asker


class Numbered(NamedTuple):
    """The answer about a batch: what is known, and a free id for each other row."""

    known: Known
    ids: Sequence[int]


NOTHING = Numbered(Known(), ())
# How COPY writes what is not there.
NULL = "\\N"


class CopyText(NamedTuple):
    """A batch that was read: the input of one COPY for each table.

    ``clears`` has the ids of postings that are in the books for rows left out.
    """

    rows_read: int
    rows_added: int
    transactions: bytes
    postings: bytes
    tags: bytes = b""
    clears: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyJob:
    """A file whose rows become transactions of one import."""

    source: Source
    currency: str
    chosen: dict[int, bool]
    batch_rows: int
    ledger_id: int
    import_id: int
    created_at: datetime
    knowledge: Knowledge

    def __call__(self, asker: Asker) -> None:
        """Reads the whole file; asks about each batch and tells its ``CopyText``.

        A ``Question`` is answered with ``Numbered``, a ``Kind`` with the id of its
        uncategorised account.
        """
        file = Parsing(self.source, self.batch_rows)
        judge = Judge(self.currency, self.chosen, file.holds)
        encoder = _Encoder(self, asker)
        for batch, found in asker.ask_ahead(file.batches(), question_of):
            answer = found or NOTHING
            books = books_of(answer.known)
            verdicts = judge.judge(batch, books)
            taken = _taken(batch, verdicts, books.keys, self.import_id)
            copied = encoder.encode(len(batch), taken, answer.ids)
            clears = tuple(verdict.clears for verdict in verdicts if verdict.clears)
            asker.tell(copied._replace(clears=clears))


def encode_words(row: StatementRow, placed: Placement) -> str:
    """Payee, description, note and folded words of a row in the text format of COPY."""
    payee, note = placed.payee, placed.note
    description = without_turns(row.description)[:MAX_TEXT]
    words = search_words(payee, description, note)
    return f"{escaped(payee)}\t{escaped(description)}\t{escaped(note)}\t{words}"


def key_of_repetition(key: str, import_id: int) -> str:
    """The key of a row that a person takes although it is in the books already."""
    content = bytes.fromhex(key) + import_id.to_bytes(8, "big")
    return hashlib.blake2b(content, digest_size=DIGEST_BYTES).hexdigest()


class _Encoder:
    """The lines of one import, and the accounts that they have needed so far."""

    def __init__(self, job: CopyJob, asker: Asker) -> None:
        self._job = job
        self._asker = asker
        self._placer = Placer(job.knowledge, job.source.account_id)
        self._uncategorised: dict[Kind, int] = {}

    def encode(
        self, rows_read: int, taken: Sequence[ParsedRow], ids: Sequence[int]
    ) -> CopyText:
        job = self._job
        end = f"{job.created_at.isoformat()}\n"
        transactions, postings, tags = [], [], []
        for (row, key), id_ in zip(taken, ids[: len(taken)], strict=True):
            if not isinstance(row, StatementRow):
                raise TypeError(row)
            placed = self._placer.place(row)
            day = row.on_date.isoformat()
            transactions.append(
                f"{id_}\t1\t{job.ledger_id}\t{day}\t{encode_words(row, placed)}"
                f"\t{placed.source}\t{placed.rule_id or NULL}"
                f"\t{job.import_id}\t{key}\t{end}"
            )
            leg = f"{job.ledger_id}\t{id_}\t{day}"
            postings.append(self._postings(leg, row, placed))
            tags += [f"{leg}\t{tag_id}\n" for tag_id in placed.tag_ids]
        return CopyText(
            rows_read,
            len(taken),
            "".join(transactions).encode(),
            "".join(postings).encode(),
            "".join(tags).encode(),
        )

    def _postings(self, leg: str, row: StatementRow, placed: Placement) -> str:
        """That of the account, and behind it those of where its money went.

        The bank itself has told the first: it is cleared. Other books have not.
        """
        minor = row.amount_minor
        places = placed.places or ((OPEN, -minor),)
        filled = ((id_ or self._open_place(part), part) for id_, part in places)
        legs = ((self._job.source.account_id, minor), *filled)
        is_bank = self._job.source.mapping.format is not Format.JSON
        seen = self._job.created_at.isoformat() if is_bank else NULL
        return "".join(
            f"{leg}\t{account_id}\t{row.currency}\t{amount}\t\t{position}"
            f"\t{NULL if position else seen}\n"
            for position, (account_id, amount) in enumerate(legs)
        )

    def _open_place(self, minor: int) -> int:
        kind = Kind.EXPENSE if minor > 0 else Kind.INCOME
        if kind not in self._uncategorised:
            self._uncategorised[kind] = self._asker.ask(kind)
        return self._uncategorised[kind]


def _taken(
    batch: Sequence[ParsedRow],
    verdicts: Sequence[Verdict],
    known: frozenset[str],
    import_id: int,
) -> list[ParsedRow]:
    taken = []
    for parsed, verdict in zip(batch, verdicts, strict=True):
        if verdict.taken and parsed.key in known:
            another = key_of_repetition(parsed.key, import_id)
            taken.append(parsed._replace(key=another))
        elif verdict.taken:
            taken.append(parsed)
    return taken
