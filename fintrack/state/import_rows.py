"""A previewed statement as rows, counts and sentences, in the words of one reader."""

from dataclasses import dataclass, field

from fintrack.core import routes
from fintrack.core.formatting import format_day, format_number
from fintrack.core.saying import say
from fintrack.core.statements.parts import Part
from fintrack.core.text import message_id, translate, translate_plural
from fintrack.services.imports.judging import Status
from fintrack.services.imports.listing import ImportView
from fintrack.services.imports.preview_rows import PreviewRow
from fintrack.services.imports.previews import PreviewHead
from fintrack.services.imports.survey import PreviewView
from fintrack.state.accounts import NOTHING
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.choices import Choice
from fintrack.state.import_balance import balance_of
from fintrack.state.rows import Amount

FIRST = 50
# Which rows a tab shows; the empty one shows all.
TABS = {
    "": message_id("All {n}"),
    Status.DOUBTFUL: message_id("To decide {n}"),
    Status.DUPLICATE: message_id("Duplicates {n}"),
    Status.NEW: message_id("New {n}"),
    Status.SKIPPED: message_id("Left out {n}"),
}


@dataclass(frozen=True)
class CheckRow:
    """A record of the file, raw beside understood, with what will happen to it."""

    id: str
    number: str
    raw: str
    day: str
    name: str
    detail: str
    amount: Amount
    why: str
    tone: str
    is_understood: bool
    is_taken: bool
    can_choose: bool
    given: str = ""


@dataclass(frozen=True)
class Tab:
    """A choice of rows with their number."""

    value: str
    label: str


@dataclass(frozen=True)
class Count:
    """How many rows there are of a kind."""

    number: str
    label: str
    tone: str = ""


@dataclass(frozen=True)
class FileCheck:
    """What the whole file would do to the account."""

    filename: str = ""
    about: str = ""
    counts: list[Count] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)
    balance_title: str = ""
    balance_text: str = ""
    balance_tone: str = ""
    add_label: str = ""
    clears: int = 0
    can_add: bool = False


@dataclass(frozen=True)
class PastImport:
    """An import of before."""

    id: str
    filename: str
    detail: str
    is_standing: bool
    href: str


def check_of(view: PreviewView, account_name: str, reader: Reader) -> FileCheck:
    """Counts, tabs and the balance check of a preview."""
    total = sum(view.counts.values())
    title, text, tone = balance_of(view, account_name, reader)
    return FileCheck(
        filename=view.head.filename,
        about=_about(view, total, reader),
        counts=_counts(view, reader),
        tabs=[
            Tab(value, _number_text(label, _count_of(view, value, total), reader))
            for value, label in TABS.items()
            if not value or view.counts[Status(value)]
        ],
        balance_title=title,
        balance_text=text,
        balance_tone=tone,
        add_label=_add_label(view, reader),
        clears=view.to_clear,
        can_add=view.to_add + view.to_clear > 0,
    )


def rows_of(view: PreviewView, reader: Reader, *, is_first: bool) -> list[CheckRow]:
    """The page; on the first one those that need a decision come first."""
    first = view.doubtful[:FIRST] if is_first else ()
    known = {row.number for row in first}
    rows = [*first, *(row for row in view.rows if row.number not in known)]
    separator = view.head.mapping.separator
    between = separator if separator.strip() else " | "
    return [_row_of(row, between, reader) for row in rows]


def parts_of(head: PreviewHead, reader: Reader) -> list[Choice]:
    """The accounts or sheets of a file that has more than one."""
    if len(head.parts) < len(("one", "other")):
        return []
    return [Choice(part.name, _part_label(part, reader)) for part in head.parts]


def past_of(view: ImportView, account_name: str, reader: Reader) -> PastImport:
    """An import of before as a row."""
    language = reader.language
    standing = translate_plural(
        "{n} transaction", "{n} transactions", view.standing, language
    )
    taken = view.taken_back_at is not None
    parts = [
        reader.day(view.created_at.date()),
        account_name,
        translate("Taken back", language) if taken and not view.standing else standing,
        reconciled_text(view, reader),
    ]
    return PastImport(
        id=str(view.id),
        filename=view.filename,
        detail=" · ".join(part for part in parts if part),
        # One that added nothing has marked what was there.
        is_standing=view.standing > view.reconciled or not (taken or view.rows_added),
        href=routes.transactions(account=str(view.account_id or "")),
    )


def reconciled_text(view: ImportView, reader: Reader) -> str:
    """How many transactions of an import stay, because a reconciliation holds them."""
    if not view.reconciled:
        return ""
    return reader.count(
        "{n} is reconciled and stays.",
        "{n} are reconciled and stay.",
        view.reconciled,
    )


def cleared_text(number: int, reader: Reader) -> str:
    """How many transactions of before an import has marked."""
    if not number:
        return ""
    return reader.count(
        "{n} that was there is marked as cleared.",
        "{n} that were there are marked as cleared.",
        number,
    )


def _add_label(view: PreviewView, reader: Reader) -> str:
    """What the yes does; a file of what is there already only marks that."""
    if view.to_clear and not view.to_add:
        return reader.count(
            "Mark {n} transaction as cleared",
            "Mark {n} transactions as cleared",
            view.to_clear,
        )
    return reader.count(
        "Import {n} transaction", "Import {n} transactions", view.to_add
    )


def edited_text(view: ImportView, reader: Reader) -> str:
    """How many transactions of an import that was taken back stay as edited ones."""
    if view.standing <= view.reconciled:
        return ""
    return reader.count(
        "{n} was edited since and stays.",
        "{n} were edited since and stay.",
        view.standing - view.reconciled,
    )


def _part_label(part: Part, reader: Reader) -> str:
    rows = translate_plural("{n} row", "{n} rows", part.rows, reader.language)
    return " · ".join(word for word in (part.name, part.currency, rows) if word)


def _row_of(row: PreviewRow, between: str, reader: Reader) -> CheckRow:
    seen = row.understood
    why = " ".join(say(reason, reader.language) for reason in row.reasons)
    if row.status is Status.DUPLICATE:
        tone = "dup"
    else:
        tone = "bad" if seen is None and row.status is Status.DOUBTFUL else ""
    name = (seen.payee or seen.description) if seen else ""
    detail = (seen.description if seen.payee else seen.reference) if seen else ""
    return CheckRow(
        id=str(row.number),
        number=format_number(row.number, reader.language, decimals=0),
        raw=between.join(row.raw),
        day=format_day(seen.on_date, reader.language, "day") if seen else "",
        name=name,
        detail=detail,
        amount=amount_row(seen.money, reader.language, plus=True) if seen else NOTHING,
        why=why,
        tone=tone,
        is_understood=seen is not None,
        is_taken=row.taken,
        can_choose=row.choosable,
        given=_given(row, reader),
    )


def _given(row: PreviewRow, reader: Reader) -> str:
    """The category that the row will get, and why."""
    given = row.given
    if given is None or not given.categories:
        return ""
    nothing = [reader.say("No category")] if given.leaves_open else []
    category = " + ".join((*given.categories, *nothing))
    if given.source == "rule":
        return reader.say("{category}, by a rule", category=category)
    if given.source == "import":
        return reader.say("{category}, as the file says", category=category)
    return reader.say("{category}, as you chose before", category=category)


def _about(view: PreviewView, total: int, reader: Reader) -> str:
    language = reader.language
    rows = translate_plural("{n} row", "{n} rows", total, language)
    if view.first_day is None or view.last_day is None:
        return rows
    return translate(
        "{rows}, from {first} to {last}",
        language,
        rows=rows,
        first=format_day(view.first_day, language),
        last=format_day(view.last_day, language),
    )


def _counts(view: PreviewView, reader: Reader) -> list[Count]:
    def count(number: int, label: str, tone: str = "") -> Count:
        text = format_number(number, reader.language, decimals=0)
        return Count(text, translate(label, reader.language), tone if number else "")

    clears = [count(view.to_clear, message_id("to mark as cleared"))]
    return [
        count(view.to_add, message_id("to import")),
        *(clears if view.to_clear else ()),
        count(view.counts[Status.DUPLICATE], message_id("duplicates")),
        count(view.counts[Status.DOUBTFUL], message_id("to decide"), "warn"),
        count(view.counts[Status.SKIPPED], message_id("left out")),
    ]


def _count_of(view: PreviewView, value: str, total: int) -> int:
    return view.counts[Status(value)] if value else total


def _number_text(label: str, number: int, reader: Reader) -> str:
    return translate(
        label, reader.language, n=format_number(number, reader.language, decimals=0)
    )
