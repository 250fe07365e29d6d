"""Random marks and statements: the cleared sum is the model's, the proofs hold."""

import os
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
)

from fintrack.core.errors import Conflict, Reconciled
from fintrack.services.commands import perform
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import START, make_person
from tests.conftest import TestServer
from tests.services.machine import DatabaseMachine, walk
from tests.services.reconciling.house import Desk

EXAMPLES = int(os.environ.get("EXAMPLES", "6"))
cents = st.integers(1, 10_000)
days = st.integers(1, 60).map(lambda n: START + timedelta(days=n))
picks = st.integers(0, 99)
LAST = START + timedelta(days=60)


@dataclass
class Row:
    """A transaction of the model."""

    minor: int
    day: date
    version: int = 1
    cleared: bool = False


class Marking(DatabaseMachine):
    """One account; what may break a reconciliation is tried, then said."""

    def __init__(self) -> None:
        super().__init__()
        books = self.run(make_person(self.home, "ada@example.org"))
        cash = self.run(books.open("Cash", "100 EUR")).id
        self.desk = Desk(books, cash, self.run(books.category("Food")))
        self.rows: dict[int, Row] = {}

    def chosen(self, pick: int) -> tuple[int, Row]:
        return list(self.rows.items())[pick % len(self.rows)]

    @rule(minor=cents, day=days, cleared=st.booleans())
    def spend(self, minor: int, day: date, *, cleared: bool) -> None:
        amount = f"{minor / 100:.2f} EUR"
        made = self.run(self.desk.spend(amount, day, cleared=cleared, unlock=True))
        self.rows[made] = Row(minor, day, cleared=cleared)

    @precondition(lambda self: self.rows)
    @rule(pick=picks)
    def toggle(self, pick: int) -> None:
        id_, row = self.chosen(pick)
        wanted = Clearing((id_,), not row.cleared)
        try:
            self.run(perform(self.desk.books.actor, clear_transactions, wanted))
            row.cleared = not row.cleared
        except Reconciled:
            assert row.cleared

    @precondition(lambda self: self.rows)
    @rule(pick=picks, minor=cents, day=days)
    def edit(self, pick: int, minor: int, day: date) -> None:
        id_, row = self.chosen(pick)
        entry = self.desk.entry(f"{minor / 100:.2f} EUR", day, unlock=True)
        self.run(self.desk.edit(id_, entry, row.version))
        row.minor, row.day, row.version = minor, day, row.version + 1

    @precondition(lambda self: self.rows)
    @rule(pick=picks)
    def void(self, pick: int) -> None:
        id_, row = self.chosen(pick)
        mark = TransactionMark(id_, row.version, unlock=True)
        self.run(perform(self.desk.books.actor, void_transaction, mark))
        del self.rows[id_]

    @rule(day=days)
    def finish(self, day: date) -> None:
        cleared = self.run(self.desk.compare(day)).cleared
        try:
            self.run(self.desk.finish(day, f"{cleared.text} EUR"))
        except Conflict:
            assert self.run(self.desk.compare(day)).is_locked

    @rule()
    def finish_and_take_back(self) -> None:
        found = self.run(self.desk.compare(LAST))
        if not found.is_locked:
            before = self.run(self.desk.books.snapshot())
            done = self.run(self.desk.finish(LAST, f"{found.cleared.text} EUR"))
            self.run(self.desk.books.undo(done.change_id))
            assert self.run(self.desk.books.snapshot()) == before

    @invariant()
    def proofs_hold(self) -> None:
        assert self.run(self.desk.books.findings()) == []

    @invariant()
    def cleared_sum_is_that_of_the_model(self) -> None:
        cleared = [row.minor for row in self.rows.values() if row.cleared]
        found = self.run(self.desk.compare(LAST))
        assert found.cleared.minor == 10_000 - sum(cleared)
        assert found.open_count == len(self.rows) - len(cleared)


def test_random_statements_keep_their_promises(server: TestServer) -> None:
    walk(Marking, server, examples=EXAMPLES, steps=15)
