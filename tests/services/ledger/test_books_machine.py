"""Random books: after every step the proofs hold and the balances are the model's."""

import os
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    rule,
)

from fintrack.core.entries import Entry, pay, transfer
from fintrack.core.errors import UndoRefused
from fintrack.core.money import Money
from fintrack.services.commands import perform
from fintrack.services.ledger.transactions import (
    TransactionChange,
    TransactionMark,
    edit_transaction,
    void_transaction,
)
from tests.books import START, Books, make_person
from tests.conftest import TestServer
from tests.services.machine import DatabaseMachine, walk

EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
CURRENCIES = ("EUR", "EUR", "USD", "JPY")
cents = st.integers(1, 10_000)
days = st.integers(0, 400).map(lambda n: START + timedelta(days=n))
places = st.integers(0, 3)


class BooksMachine(DatabaseMachine):
    """Four accounts and two categories; a dictionary is the model."""

    def __init__(self) -> None:
        super().__init__()
        self.books: Books = self.run(make_person(self.home, "ada@example.org"))
        self.accounts = [
            self.run(self.books.open(f"Account {n}", f"0 {code}")).id
            for n, code in enumerate(CURRENCIES)
        ]
        self.categories = [self.run(self.books.category(n)) for n in ("Food", "Fun")]
        self.live: dict[int, dict[int, int]] = {}
        self.versions: dict[int, int] = {}
        self.undoable: list[tuple[int, dict[int, dict[int, int]]]] = []

    def note(self, done: Any, entry: Entry | None) -> None:
        """Mirrors a change in the model, keeping what stood before it."""
        view = done.value
        self.undoable.append((done.change_id, dict(self.live)))
        self.versions[view.id] = view.version
        if entry is None:
            self.live.pop(view.id)
        else:
            self.live[view.id] = {
                part.account_id: part.money.minor for part in entry.parts
            }

    def spent(self, place: int, minor: int, day: date) -> Entry:
        amount = Money(minor, CURRENCIES[place])
        first = Money(minor // 2, amount.currency)
        split = (
            (self.categories[0], first),
            (self.categories[1], amount - first),
        )
        return Entry(day, pay(self.accounts[place], -amount, split))

    @rule(place=places, minor=cents, day=days)
    def spend(self, place: int, minor: int, day: date) -> None:
        entry = self.spent(place, minor, day)
        self.note(self.run(self.books.record(entry)), entry)

    @rule(source=places, goal=places, sent=cents, received=cents, day=days)
    def move(self, source: int, goal: int, sent: int, received: int, day: date) -> None:
        if source == goal:
            return
        if CURRENCIES[source] == CURRENCIES[goal]:
            received = sent
        parts = transfer(
            self.accounts[source],
            self.accounts[goal],
            Money(sent, CURRENCIES[source]),
            Money(received, CURRENCIES[goal]),
        )
        entry = Entry(day, parts)
        self.note(self.run(self.books.record(entry)), entry)

    @rule(pick=st.integers(0, 99), place=places, minor=cents, day=days)
    def edit(self, pick: int, place: int, minor: int, day: date) -> None:
        if self.live:
            chosen = list(self.live)[pick % len(self.live)]
            entry = self.spent(place, minor, day)
            change = TransactionChange(chosen, self.versions[chosen], entry)
            self.note(
                self.run(perform(self.books.actor, edit_transaction, change)), entry
            )

    @rule(pick=st.integers(0, 99))
    def void(self, pick: int) -> None:
        if self.live:
            chosen = list(self.live)[pick % len(self.live)]
            mark = TransactionMark(chosen, self.versions[chosen])
            self.note(self.run(perform(self.books.actor, void_transaction, mark)), None)

    @rule()
    def undo_the_last(self) -> None:
        if self.undoable:
            change_id, before = self.undoable.pop()
            self.run(self.books.undo(change_id))
            self.live = before
            found = self.run(self.books.rows("SELECT id, version FROM transaction"))
            self.versions = {row.id: row.version for row in found}
            with pytest.raises(UndoRefused):
                self.run(self.books.undo(change_id))

    @invariant()
    def proofs_hold(self) -> None:
        assert self.run(self.books.findings()) == []

    @invariant()
    def balances_are_those_of_the_model(self) -> None:
        expected: dict[int, int] = defaultdict(int)
        for postings in self.live.values():
            for account_id, minor in postings.items():
                expected[account_id] += minor
        for account_id in self.accounts:
            balance = self.run(self.books.balance(account_id))
            assert balance.minor == expected[account_id]


def test_random_books_keep_their_promises(server: TestServer) -> None:
    walk(BooksMachine, server, examples=EXAMPLES, steps=15)
