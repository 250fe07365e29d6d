"""The records of a file as a person sees them before the yes."""

from dataclasses import dataclass
from datetime import date

from fintrack.core.errors import Problem
from fintrack.core.money import Money
from fintrack.core.statements.rows import Row, StatementRow
from fintrack.core.text import message_id
from fintrack.core.words import without_turns
from fintrack.services.imports.judging import Status, Verdict
from fintrack.services.imports.placing import Knowledge, Placement, Placer

KEPT_OUT = message_id(
    "No transfer is made: the day is before {name} begins, or reconciled there."
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a record says; positive money came in."""

    on_date: date
    money: Money
    payee: str
    description: str
    reference: str
    balance: Money | None


@dataclass(frozen=True, slots=True)
class Given:
    """What a row will get, and why.

    ``source`` is ``rule`` (then ``rule_id`` says which), ``learned`` from one's own
    choices for the payee, or ``import``: as the file says, or nothing is known and no
    category named. ``leaves_open`` says that a part of a split has none.
    """

    categories: tuple[str, ...]
    source: str
    rule_id: int | None
    payee: str
    leaves_open: bool


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A record of the file, raw beside understood, with what will happen to it.

    ``understood`` and ``given`` are None where nothing is; ``choosable`` says whether
    a person may turn ``taken`` round.
    """

    number: int
    raw: tuple[str, ...]
    understood: Understood | None
    given: Given | None
    status: Status
    taken: bool
    choosable: bool
    reasons: tuple[Problem, ...]


class Shows:
    """Records as a person sees them; only those that are shown are placed."""

    def __init__(self, knowledge: Knowledge, account_id: int) -> None:
        self._placer = Placer(knowledge, account_id)
        self._names = knowledge.names or {}

    def row(self, row: Row, verdict: Verdict) -> PreviewRow:
        """The record as it is shown."""
        read = row if isinstance(row, StatementRow) else None
        placed = self._placer.place(read) if read and verdict.choosable else None
        return PreviewRow(
            number=row.number,
            raw=row.raw,
            understood=_understood(read) if read else None,
            given=self._given(placed) if placed else None,
            status=verdict.status,
            taken=verdict.taken,
            choosable=verdict.choosable,
            reasons=(*verdict.reasons, *self._kept_out(placed)),
        )

    def _kept_out(self, placed: Placement | None) -> tuple[Problem, ...]:
        """Why no transfer is made of the row, if one was to be made."""
        if placed is None or not placed.kept_out_of:
            return ()
        values = (("name", self._names[placed.kept_out_of]),)
        return (Problem(KEPT_OUT, "", values),)

    def _given(self, placed: Placement) -> Given:
        return Given(
            categories=tuple(self._names[id_] for id_, _ in placed.places if id_),
            source=placed.source,
            rule_id=placed.rule_id,
            payee=placed.payee,
            leaves_open=any(not id_ for id_, _ in placed.places),
        )


def _understood(row: StatementRow) -> Understood:
    balance = row.balance_minor
    return Understood(
        on_date=row.on_date,
        money=Money(row.amount_minor, row.currency),
        payee=without_turns(row.payee),
        description=without_turns(row.description),
        reference=row.reference,
        balance=None if balance is None else Money(balance, row.currency),
    )
