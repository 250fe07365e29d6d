"""Transactions that rules may touch: read in batches, newest first."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Row, text

from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, UNCATEGORISED_TYPE
from fintrack.core.entries import LAST_DAY
from fintrack.core.money import Money
from fintrack.core.rules import Facts
from fintrack.services.applying.sieve import Sieve
from fintrack.services.commands import Work
from fintrack.services.ledger.listing import Position

# What is done with a batch between two waits must not hold up the event loop.
BATCH = 1_000
FIRST = Position(LAST_DAY, 0)

_BATCH = text(
    "SELECT t.id, t.on_date, t.payee, t.description, t.note, t.category_source, "
    "p.id AS posting_id, p.account_id, p.currency, p.amount_minor, a.kind, a.type, "
    "a.name, i.account_id AS told_of FROM (SELECT * FROM transaction "
    "WHERE ledger_id = :ledger_id "
    "AND voided_at IS NULL AND (on_date, id) < (:on_date, :id) "
    "AND search_text LIKE ALL (CAST(:all_of AS text[])) "
    "AND search_text LIKE ANY (CAST(:any_of AS text[])) "
    "ORDER BY on_date DESC, id DESC LIMIT :most) t "
    "JOIN posting p ON p.ledger_id = t.ledger_id AND p.transaction_id = t.id "
    "AND p.on_date = t.on_date "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "LEFT JOIN import_batch i ON i.ledger_id = t.ledger_id AND i.id = t.import_id "
    "ORDER BY t.on_date DESC, t.id DESC, p.position, p.id"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the money of a payment went."""

    posting_id: int
    account_id: int
    name: str
    money: Money


@dataclass(frozen=True, slots=True)
class Candidate:
    """A payment on one account.

    ``placed`` is its one category; None where it is split, which rules leave alone.
    ``is_open``: no person has chosen the category. ``told_of`` is the account whose
    file it came with, if any; a person may have moved it to another one since.
    """

    transaction_id: int
    note: str
    facts: Facts
    placed: Placed | None
    is_open: bool
    told_of: int | None

    @property
    def position(self) -> Position:
        """Its place in the list."""
        return Position(self.facts.on_date, self.transaction_id)


@dataclass(frozen=True, slots=True)
class Batch:
    """Payments among ``size`` transactions; ``last`` is the place of the last one."""

    payments: list[Candidate]
    size: int
    last: Position


async def read_batches(
    work: Work, sieve: Sieve, after: Position = FIRST
) -> AsyncIterator[Batch]:
    """What passes the sieve below a place and is not void, a batch at a time."""
    place = after
    while True:
        values = {
            "ledger_id": work.ledger_id,
            "on_date": place.on_date,
            "id": place.transaction_id,
            "most": BATCH,
            "all_of": list(sieve.all_of),
            "any_of": list(sieve.any_of),
        }
        rows = (await work.session.execute(_BATCH, values)).all()
        groups = [list(group) for _, group in groupby(rows, lambda row: row.id)]
        if not groups:
            return
        place = Position(groups[-1][0].on_date, groups[-1][0].id)
        found = (_candidate(group) for group in groups)
        yield Batch([one for one in found if one], len(groups), place)
        if len(groups) < BATCH:
            return


def _candidate(postings: list[Row[Any]]) -> Candidate | None:
    own = _of(postings, ACCOUNT_KINDS)
    categories = _of(postings, CATEGORY_KINDS)
    if len(own) != 1 or len(own) + len(categories) < len(postings):
        return None
    first = own[0]
    placed = categories[0] if len(categories) == 1 else None
    return Candidate(
        transaction_id=first.id,
        note=first.note,
        facts=_facts(first, first.on_date),
        placed=_placed(placed) if placed else None,
        is_open=placed is not None
        and (first.category_source != "you" or placed.type == UNCATEGORISED_TYPE),
        told_of=first.told_of,
    )


def _of(postings: Iterable[Row[Any]], kinds: tuple[str, ...]) -> list[Row[Any]]:
    return [posting for posting in postings if posting.kind in kinds]


def _facts(row: Row[Any], on_date: date) -> Facts:
    money = Money(row.amount_minor, row.currency)
    return Facts(row.account_id, money, on_date, row.payee, row.description)


def _placed(row: Row[Any]) -> Placed:
    money = Money(row.amount_minor, row.currency)
    return Placed(row.posting_id, row.account_id, row.name, money)
