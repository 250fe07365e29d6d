"""Money that a rule would bring into days that are settled: it is left alone."""

from datetime import date

from fintrack.core.rules import Rule
from fintrack.services.applying.changes import Change
from fintrack.services.commands import Work
from fintrack.services.ledger.openings import find_beginnings


async def find_first_day(work: Work, rule: Rule) -> date | None:
    """From which day on the account takes money to which the rule moves it.

    None for always, and for a rule that moves none.
    """
    target = rule.actions.transfer_account_id
    return None if target is None else (await find_beginnings(work)).get(target)


def is_locked_out(change: Change, first: date | None) -> bool:
    """Whether it would bring money into the days before ``first``."""
    return bool(first and change.places and change.of.facts.on_date < first)
