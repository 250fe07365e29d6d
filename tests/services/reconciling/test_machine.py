"""Random marks and statements: the cleared sum is the model's, the proofs hold."""

import asyncio
import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fintrack.core.errors import Conflict, Reconciled
from fintrack.services import database
from fintrack.services.commands import perform
from fintrack.services.ledger.clearing import Clearing, clear_transactions
from fintrack.services.ledger.transactions import TransactionMark, void_transaction
from tests.books import START, make_person
from tests.conftest import Clock, TestServer
from tests.services.reconciling.house import Desk

pytestmark = pytest.mark.database
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


class Marking(RuleBasedStateMachine):
    """One account; what may break a reconciliation is tried, then said."""

    server: TestServer

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.names = [self.server.clone(t) for t in ("template_main", "template_log")]
        urls = [self.server.url(name) for name in self.names]
        self.home = database.connect(urls[0], urls[1], Clock())
        database.install(self.home)
        books = self.run(make_person(self.home, "ada@example.org"))
        cash = self.run(books.open("Cash", "100 EUR")).id
        self.desk = Desk(books, cash, self.run(books.category("Food")))
        self.rows: dict[int, Row] = {}

    def run(self, coroutine: Any) -> Any:
        return self.runner.run(coroutine)

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

    def teardown(self) -> None:
        database.install(None)
        self.run(self.home.dispose())
        self.runner.close()
        for name in self.names:
            self.server.drop(name)


def test_random_statements_keep_their_promises(server: TestServer) -> None:
    class Machine(Marking):
        pass

    Machine.server = server
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
