"""Money that a rule would bring into what is settled: it is left alone."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from fintrack.core.rules import Rule
from fintrack.services.applying.changes import Change
from fintrack.services.commands import Work
from fintrack.services.ledger.openings import find_beginnings
from fintrack.services.ledger.told import MATCHED_DAYS, Arrival, find_pairs


async def find_first_day(work: Work, rule: Rule) -> date | None:
    """From which day on the account takes money to which the rule moves it.

    None for always, and for a rule that moves none.
    """
    target = rule.actions.transfer_account_id
    return None if target is None else (await find_beginnings(work)).get(target)


def is_locked_out(change: Change, first: date | None) -> bool:
    """Whether it would bring money into the days before ``first``."""
    return bool(first and change.places and change.of.facts.on_date < first)


def is_near(change: Change, first: date | None) -> bool:
    """Whether a row of the days before ``first`` may tell of the same money."""
    last = first + timedelta(MATCHED_DAYS) if first else None
    return is_locked_out(change, last)


def arrivals_of(changes: Iterable[Change]) -> list[Arrival]:
    """What the transfers that a rule would make bring to the other account.

    What came with the file of that account itself is no arrival: the bank told just
    that.
    """
    return [
        Arrival(
            placed.posting_id,
            change.of.transaction_id,
            account_id,
            money.minor,
            change.of.facts.on_date,
            is_by_rule=True,
        )
        for change in changes
        if (placed := change.of.placed)
        for account_id, money in change.places
        if account_id != change.of.told_of
    ]


async def find_held(work: Work, arrivals: Sequence[Arrival]) -> frozenset[int]:
    """Transactions whose money the other account has in a row that is reconciled.

    ``arrivals`` are all that the rule would bring: each row stands for one of them.
    """
    pairs = await find_pairs(work, arrivals, by_rule=True)
    return frozenset(
        pair.arrival.transfer_id for pair in pairs if pair.told.is_reconciled
    )
