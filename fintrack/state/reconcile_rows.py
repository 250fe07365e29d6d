"""An account beside its statement, in the words of one reader."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from fintrack.core.amount_text import parse_plain
from fintrack.core.errors import InvalidInput
from fintrack.core.formatting import format_day
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.reconciling.comparing import Comparison
from fintrack.services.reconciling.listing import ReconciliationView
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.command_names import COMMAND_NAMES
from fintrack.state.forms import read_day
from fintrack.state.marks import NO_MARK, Mark, mark_of
from fintrack.state.rows import NOTHING, Amount, isolated
from fintrack.state.transaction_filters import check_place, kept
from fintrack.state.transaction_rows import sides, title

UNSAID = Amount("–", tone="unknown")


@dataclass(frozen=True)
class Asked:
    """The readable part of an address; ``balance`` is a plain decimal, as in books."""

    day: str = ""
    balance: str = ""
    open: str = ""
    after: str = ""
    before: str = ""

    @property
    def address(self) -> dict[str, str]:
        """What ``routes.reconcile`` takes."""
        return dict(self.__dict__)

    def turned(self, **changes: str) -> "Asked":
        """With something else, at the first page again."""
        return replace(self, **{"after": "", "before": "", **changes})


@dataclass(frozen=True)
class CheckedRow:
    """One transaction of the account with its mark."""

    id: str
    name: str
    detail: str
    amount: Amount
    mark: Mark = NO_MARK


@dataclass(frozen=True)
class StatementCard:
    """The statement beside the books; ``plain`` is the difference that was seen.

    Until somebody says what the statement does, there is nothing to compare with.
    """

    is_said: bool = False
    cleared: Amount = NOTHING
    balance: Amount = NOTHING
    difference: Amount = NOTHING
    plain: str = ""
    verdict: str = ""
    is_even: bool = False
    is_locked: bool = False
    open_text: str = ""


@dataclass(frozen=True)
class PastRow:
    """One reconciliation of the history."""

    id: str
    name: str
    detail: str
    balance: Amount
    is_open: bool = False
    can_reopen: bool = False


def read_asked(query: Mapping[str, str]) -> Asked:
    """What an address asks for; what is none of ours is left out."""
    return Asked(
        day=kept(query, "day", read_day),
        balance=kept(query, "balance", parse_plain),
        open="1" if query.get("open") == "1" else "",
        after=kept(query, "after", check_place),
        before=kept(query, "before", check_place),
    )


def day_of(asked: Asked, today: date) -> date:
    """The day of the statement: today, unless the address says an earlier one."""
    return min(read_day(asked.day), today) if asked.day else today


def balance_of(asked: Asked, currency: str) -> Money | None:
    """The balance of the statement; None where the address says none that fits."""
    try:
        plain = Decimal(asked.balance) if asked.balance else None
        return None if plain is None else Money.from_decimal(plain, currency)
    except InvalidInput:
        return None


def statement_card(
    found: Comparison, name: str, reader: Reader, *, is_said: bool
) -> StatementCard:
    """What is cleared, what the statement says, and whether they agree."""
    tongue = reader.language
    is_even = is_said and not found.difference.minor
    if found.is_locked and found.locked_until:
        verdict = reader.say(
            "{name} is reconciled up to {day} already.",
            name=name,
            day=format_day(found.locked_until, tongue),
        )
    elif not is_said:
        verdict = reader.say("Enter the balance that the statement says.")
    elif is_even:
        verdict = reader.say("It agrees with the statement.")
    elif found.difference.minor < 0:
        verdict = reader.say("More is cleared than the statement says.")
    else:
        verdict = reader.say("Less is cleared than the statement says.")
    difference = amount_row(found.difference, tongue, plus=True)
    return StatementCard(
        is_said=is_said,
        cleared=amount_row(found.cleared, tongue),
        balance=amount_row(found.balance, tongue) if is_said else UNSAID,
        difference=difference if is_said else UNSAID,
        plain=found.difference.text,
        verdict=verdict,
        is_even=is_even,
        is_locked=found.is_locked,
        open_text=reader.count(
            "{n} transaction is not cleared",
            "{n} transactions are not cleared",
            found.open_count,
        ),
    )


def checked_row(view: TransactionView, account_id: int, reader: Reader) -> CheckedRow:
    """A transaction as it moved the account."""
    own = [part.money for part in view.postings if part.account_id == account_id]
    others = [
        part.account_name
        for part in (*sides(view).categories, *sides(view).own)
        if part.account_id != account_id
    ]
    words = [reader.day(view.on_date), ", ".join(dict.fromkeys(others))]
    return CheckedRow(
        id=str(view.id),
        name=title(view, reader),
        detail=" · ".join(word for word in words if word),
        amount=amount_row(sum(own[1:], start=own[0]), reader.language),
        mark=mark_of(view, reader, account_id),
    )


def past_row(view: ReconciliationView, reader: Reader) -> PastRow:
    """A reconciliation of the history; an opened one says what opened it."""
    if view.opened_at is None:
        detail = reader.say(
            message_id("Reconciled by {who}, {when}"),
            who=view.closed_by,
            when=reader.moment(view.closed_at),
        )
    else:
        command = COMMAND_NAMES.get(view.opened_by_command, view.opened_by_command)
        detail = reader.say(
            message_id("Opened again by {who}, {when}: {what}"),
            who=view.opened_by,
            when=reader.moment(view.opened_at),
            what=reader.say(command),
        )
    return PastRow(
        id=str(view.id),
        name=format_day(view.statement_on, reader.language),
        detail=detail,
        balance=amount_row(view.balance, reader.language),
        is_open=view.opened_at is not None,
        can_reopen=view.is_newest,
    )


def lacking_text(found: StatementCard, day: date, reader: Reader) -> str:
    """What the balancing transaction will be, before anybody agrees to it."""
    amount = found.difference
    text = f"{amount.sign}{amount.before}{amount.major}{amount.minor}"
    return reader.say(
        "A transaction of {amount} on {day} will make the books say what the statement "
        "says. Choose where it belongs.",
        amount=isolated(f"{text}{amount.after}{amount.code}"),
        day=format_day(day, reader.language),
    )
