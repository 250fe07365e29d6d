"""Money that a rule would bring into a period that is reconciled: it is left alone."""

from datetime import date

from fintrack.core.rules import Rule
from fintrack.services.applying.changes import Change
from fintrack.services.commands import Work
from fintrack.services.ledger.chain import find_locked_days


async def find_locked_day(work: Work, rule: Rule) -> date | None:
    """The last day that is locked on the account to which the rule moves money."""
    target = rule.actions.transfer_account_id
    if target is None:
        return None
    return (await find_locked_days(work, [target])).get(target)


def is_locked_out(change: Change, last: date | None) -> bool:
    """Whether it would bring money into the period that is locked up to ``last``."""
    return bool(last and change.places and change.of.facts.on_date <= last)
