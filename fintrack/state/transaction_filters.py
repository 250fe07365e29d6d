"""What a list of transactions shows, as its address says it.

The address comes from the browser and may hold anything: what cannot be read narrows
nothing.
"""

import contextlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from fintrack.core.amount_text import evaluate, parse_plain
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.formatting import format_day, format_number
from fintrack.core.period import (
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    PeriodKind,
    month_of,
    parse_period,
)
from fintrack.services.ledger.listing import Filter, Position
from fintrack.state.amounts import Reader
from fintrack.state.forms import Findings, number_style, read_day
from fintrack.state.ledger_choices import Choices

ALL = "all"
# Both places for what has no category, that of spending and that of income.
NO_CATEGORY = "none"
# The id of no row.
NOWHERE = 0
MAX_WORDS = 100
# No currency has more.
MOST_DECIMALS = 8
_ID = re.compile(r"[0-9]{1,18}", re.ASCII)


@dataclass(frozen=True)
class Shown:
    """The readable part of an address.

    ``period`` is a text of ``Period``, ``all``, or empty for the present month;
    ``least`` and ``most`` are plain decimals. ``cleared`` is ``yes``, ``no`` or
    empty, ``files`` is ``1`` or empty.
    """

    account: str = ""
    category: str = ""
    q: str = ""
    period: str = ""
    least: str = ""
    most: str = ""
    void: str = ""
    cleared: str = ""
    files: str = ""
    tag: str = ""
    after: str = ""
    before: str = ""

    @property
    def address(self) -> dict[str, str]:
        """The filters for ``routes.transactions``; empty ones stand for no filter."""
        return dict(self.__dict__)

    def turned(self, **changes: str) -> "Shown":
        """With other filters, at the first page again."""
        return replace(self, **{"after": "", "before": "", **changes})


def read_address(query: Mapping[str, str]) -> Shown:
    """The filters of an address; what is none of ours is left out."""
    return Shown(
        account=kept(query, "account", _check_id),
        category=kept(query, "category", _check_category),
        q=str(query.get("q", ""))[:MAX_WORDS],
        period=kept(query, "period", _check_period),
        least=kept(query, "least", parse_plain),
        most=kept(query, "most", parse_plain),
        void="1" if query.get("void") == "1" else "",
        cleared=_mark(query.get("cleared")),
        files="1" if query.get("files") == "1" else "",
        tag=kept(query, "tag", _check_id),
        after=kept(query, "after", check_place),
        before=kept(query, "before", check_place),
    )


def period_of(shown: Shown, reader: Reader) -> Period | None:
    """The days in sight; None for all days."""
    if shown.period == ALL:
        return None
    if shown.period:
        # A month that ends after the last year there is shows the present one.
        with contextlib.suppress(InvalidInput):
            return parse_period(shown.period, month_start=reader.month_start)
    return month_of(reader.today, month_start=reader.month_start)


def period_label(period: Period | None, reader: Reader) -> str:
    """The period in words: November 2026, or its first and last day."""
    if period is None:
        label = reader.say("All days")
    elif period.kind is PeriodKind.MONTH and period.start.day == 1:
        label = format_day(period.start, reader.language, "month")
    elif period.kind is PeriodKind.YEAR:
        label = f"{period.start:%Y}"
    elif period.days == 1:
        label = reader.day(period.start)
    else:
        first = format_day(period.start, reader.language)
        label = f"{first} – {format_day(period.last_day, reader.language)}"
    return label


def to_filter(shown: Shown, period: Period | None, choices: Choices) -> Filter:
    """The filter for the service; a category brings those under it.

    A category that is not offered (closed, or not ours) is asked for all the same: it
    then finds nothing rather than everything.
    """
    return Filter(
        account_ids=(int(shown.account),) if shown.account else (),
        category_ids=_categories(shown.category, choices),
        tag_ids=(int(shown.tag),) if shown.tag else (),
        words=shown.q,
        since=period.start if period else None,
        until=period.last_day if period else None,
        least=Decimal(shown.least) if shown.least else None,
        most=Decimal(shown.most) if shown.most else None,
        with_void=bool(shown.void),
        cleared=shown.cleared == "yes" if shown.cleared else None,
        attached=True if shown.files else None,
    )


def amounts_label(shown: Shown, reader: Reader) -> str:
    """The range of amounts in words; empty when there is none."""
    least, most = (_number(text, reader) for text in (shown.least, shown.most))
    if least and most:
        label = reader.say("{least} to {most}", least=least, most=most)
    elif least:
        label = reader.say("From {least}", least=least)
    elif most:
        label = reader.say("Up to {most}", most=most)
    else:
        label = ""
    return label


def span_label(shown: Shown, period: Period | None, reader: Reader) -> str:
    """The days as a filter that can be taken away; empty for a month."""
    if not shown.period or (period and period.kind is PeriodKind.MONTH):
        return ""
    return period_label(period, reader)


def read_filters(
    form: Mapping[str, str | bool | None], reader: Reader
) -> dict[str, str]:
    """The filters of the form as the address writes them."""
    findings = Findings()
    amounts: dict[str, str] = {}
    for name in ("least", "most"):
        text = str(form.get(name) or "").strip()
        try:
            style = number_style(reader.language)
            amounts[name] = _bound(evaluate(text, style)) if text else ""
        except FinTrackError as error:
            findings.note(error, name)
    period = _read_span(form, findings)
    findings.check()
    tag = kept({"tag": str(form.get("tag") or "")}, "tag", _check_id)
    void = "1" if form.get("void") else ""
    return {
        **amounts,
        "period": period,
        "void": void,
        "cleared": _mark(form.get("cleared")),
        "files": "1" if form.get("files") else "",
        "tag": tag,
    }


def kept(query: Mapping[str, str], name: str, check: Callable[[str], object]) -> str:
    """The text of an address under a name; empty where ``check`` refuses it."""
    text = str(query.get(name, ""))
    try:
        if text:
            check(text)
    except InvalidInput:
        text = ""
    return text


def check_place(text: str) -> None:
    """Refuses what is no place in a list.

    Raises:
        InvalidInput: it is none of ours.
    """
    place = Position.parse(text)
    if not _ID.fullmatch(str(place.transaction_id)):
        raise InvalidInput


def _categories(category: str, choices: Choices) -> tuple[int, ...]:
    if not category:
        return ()
    if category == NO_CATEGORY:
        return choices.uncategorised or (NOWHERE,)
    return (int(category),)


def _read_span(form: Mapping[str, str | bool | None], findings: Findings) -> str:
    """The days of the form; one open end reaches as far as days go."""
    texts = [str(form.get(name) or "").strip() for name in ("since", "until")]
    if not any(texts):
        return ""
    try:
        since = read_day(texts[0] or f"{FIRST_YEAR}-01-01", "since")
        until = read_day(texts[1] or f"{LAST_YEAR - 1}-12-31", "until")
    except InvalidInput as error:
        findings.note(error, "until")
        return ""
    if since > until:
        backwards = InvalidInput("The last day is before the first.")
        findings.note(backwards, "until")
        return ""
    return f"{since.isoformat()}..{until.isoformat()}"


def _bound(value: Decimal) -> str:
    """A bound as the address writes it: 10/3 ends where no currency goes on."""
    rounded = round(value, MOST_DECIMALS)
    return f"{abs(value if value == rounded else rounded):f}"


def _number(text: str, reader: Reader) -> str:
    if not text:
        return ""
    value = Decimal(text)
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -int(exponent)) if isinstance(exponent, int) else 0
    return format_number(value, reader.language, decimals=places)


def _mark(text: object) -> str:
    return str(text) if text in ("yes", "no") else ""


def _check_id(text: str) -> None:
    if not _ID.fullmatch(text):
        raise InvalidInput


def _check_category(text: str) -> None:
    if text != NO_CATEGORY:
        _check_id(text)


def _check_period(text: str) -> None:
    if text != ALL:
        parse_period(text)
