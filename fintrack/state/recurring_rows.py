"""What comes again as rows of a list, in the words of one reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from fintrack.core.chart import ACCOUNT_KINDS
from fintrack.core.errors import NotFound
from fintrack.core.formatting import format_day, format_money
from fintrack.core.money import Money
from fintrack.core.recurrence import BOOKED, PROPOSED, SKIPPED
from fintrack.core.text import message_id
from fintrack.services.ledger.locking import LOCKED
from fintrack.services.recurring.coming import Coming
from fintrack.services.recurring.handling import DateMark
from fintrack.services.recurring.item_rows import ItemView
from fintrack.services.recurring.suggesting import Suggestion
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.rows import NOTHING, Amount, isolated
from fintrack.state.rule_words import rule_words


@dataclass(frozen=True)
class ItemRow:
    """One item; ``next`` says when it comes, ``note`` what somebody should know.

    ``arrives`` is what a transfer brings in another currency; ``rule_on`` and
    ``due_on`` tell its next date, empty where there is none.
    """

    id: str
    name: str
    rule: str
    next: str
    note: str
    amount: Amount
    glyph: str
    arrives: str = ""
    is_blocked: bool = False
    rule_on: str = ""
    due_on: str = ""


@dataclass(frozen=True)
class WaitRow:
    """One date that waits for a yes; ``rule_on`` tells it from the others.

    ``lock`` says that its day is reconciled; empty where it is not.
    """

    item_id: str
    rule_on: str
    name: str
    detail: str
    amount: Amount
    glyph: str
    lock: str = ""


@dataclass(frozen=True)
class DateChoice:
    """A date to skip or book; ``note`` says what becomes of it otherwise.

    One that ``is_dealt_with`` only says what became of it.
    """

    item_id: str
    rule_on: str
    due_on: str
    name: str
    detail: str
    amount: Amount
    glyph: str
    note: str
    is_today: bool = False
    is_dealt_with: bool = False


NO_DATE = DateChoice("", "", "", "", "", NOTHING, "", "")


@dataclass(frozen=True)
class SuggestionRow:
    """What was found in the books."""

    mark: str
    name: str
    rule: str
    detail: str
    amount: Amount


def item_rows(items: Iterable[ItemView], reader: Reader) -> list[ItemRow]:
    """Items that go on."""
    return [_item(item, reader) for item in items if item.next is not None]


def ended_rows(items: Iterable[ItemView], reader: Reader) -> list[ItemRow]:
    """Items that have no date to come."""
    return [_item(item, reader) for item in items if item.next is None]


def wait_rows(waiting: Iterable[Coming], reader: Reader) -> list[WaitRow]:
    """What waits for a yes, the oldest first."""
    return [
        WaitRow(
            item_id=str(one.item_id),
            rule_on=one.rule_on.isoformat(),
            name=one.name,
            detail=f"{reader.day(one.due_on)} · {one.account_name}",
            amount=moved(one.amount, one.other_kind, reader),
            glyph=glyph_of(one.amount, one.other_kind),
            lock=_lock(one, reader),
        )
        for one in waiting
    ]


def date_choice(dates: Iterable[Coming], mark: DateMark, reader: Reader) -> DateChoice:
    """The date of the mark.

    Raises:
        NotFound: there is no such date.
    """
    for one in dates:
        if (one.item_id, one.rule_on) == (mark.item_id, mark.rule_on):
            return _choice(one, reader)
    raise NotFound


def suggestion_rows(found: Iterable[Suggestion], reader: Reader) -> list[SuggestionRow]:
    """What came again and again, the next one first."""
    return [
        SuggestionRow(
            mark=one.mark,
            name=one.name,
            rule=rule_words(one.rule, reader),
            detail=reader.count(
                "Seen {n} time, last on {day}",
                "Seen {n} times, last on {day}",
                one.times,
                day=reader.on_day(one.last_on),
            ),
            amount=moved(one.amount, "", reader),
        )
        for one in found
    ]


def moved(amount: Money, other_kind: str, reader: Reader) -> Amount:
    """Income with its sign and colour, a transfer without either."""
    if other_kind in ACCOUNT_KINDS:
        return amount_row(abs(amount), reader.language, tone="quiet")
    comes_in = amount.minor > 0
    tone = "in" if comes_in else ""
    return amount_row(amount, reader.language, tone=tone, plus=comes_in)


def date_amount(one: Coming, reader: Reader) -> Amount:
    """What a date moves; nothing where that was made void."""
    return NOTHING if one.is_void else moved(one.amount, one.other_kind, reader)


def glyph_of(amount: Money, other_kind: str) -> str:
    """The sign of a transfer, an income or a payment."""
    if other_kind in ACCOUNT_KINDS:
        return "arrow-left-right"
    return "arrow-down-left" if amount.minor > 0 else "arrow-up-right"


def _lock(one: Coming, reader: Reader) -> str:
    """Why the date waits: its day is reconciled on an account."""
    told = [
        reader.say(
            LOCKED,
            name=lock.account_name,
            day=format_day(lock.until, reader.language),
        )
        for lock in one.locks
    ]
    if told and one.is_automatic:
        told.append(reader.say(message_id("So it was not booked by itself.")))
    return " ".join(told)


def _choice(one: Coming, reader: Reader) -> DateChoice:
    if one.is_void:
        said = message_id(
            "It was booked, and that was made void: it does not count. If it is still "
            "to be paid, undo that in the history, or enter it by hand."
        )
    elif one.outcome == BOOKED:
        said = message_id("It was booked.")
    elif one.outcome == SKIPPED:
        said = message_id("It was skipped.")
    elif one.outcome == PROPOSED:
        said = message_id("It waits for your yes.")
    elif one.is_automatic:
        said = message_id("It is booked by itself on its day.")
    else:
        said = message_id("On its day it waits for your yes.")
    return DateChoice(
        item_id=str(one.item_id),
        rule_on=one.rule_on.isoformat(),
        due_on=one.due_on.isoformat(),
        name=one.name,
        detail=f"{reader.day(one.due_on)} · {one.account_name}",
        amount=date_amount(one, reader),
        glyph=glyph_of(one.amount, one.other_kind),
        note=_lock(one, reader) or reader.say(said),
        is_today=one.due_on == reader.today,
        is_dealt_with=not one.is_open,
    )


def _item(item: ItemView, reader: Reader) -> ItemRow:
    return ItemRow(
        id=str(item.id),
        name=item.name,
        rule=rule_words(item.rule, reader),
        next=_next(item, reader),
        note=_note(item, reader),
        amount=moved(item.amount, item.other_kind, reader),
        glyph=glyph_of(item.amount, item.other_kind),
        arrives=_arrives(item, reader),
        is_blocked=item.is_blocked,
        rule_on=item.next.rule_on.isoformat() if item.next else "",
        due_on=item.next.due_on.isoformat() if item.next else "",
    )


def _arrives(item: ItemView, reader: Reader) -> str:
    if item.received is None:
        return ""
    return f"→ {isolated(format_money(item.received, reader.language))}"


def _next(item: ItemView, reader: Reader) -> str:
    if item.next is None:
        return reader.say(message_id("Ended"))
    return reader.day(item.next.due_on)


def _note(item: ItemView, reader: Reader) -> str:
    if item.is_read_only:
        return reader.say(message_id("Its account is beyond your plan: read only"))
    if item.is_blocked:
        return reader.say(message_id("Its account or category is closed"))
    if item.is_automatic:
        return reader.say(message_id("Booked by itself"))
    return reader.say(message_id("Waits for your yes"))
