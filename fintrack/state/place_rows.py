"""Accounts and transactions as rows of two lines with the page behind them."""

from dataclasses import dataclass

from fintrack.core import routes
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS
from fintrack.core.text import message_id
from fintrack.services.ledger.reading import PostingView, TransactionView
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.rows import Amount


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An account or a transaction: two lines, an amount, the page behind it."""

    name: str
    detail: str
    amount: Amount
    href: str
    glyph: str = ""
    second: str = ""


def recent_row(view: TransactionView, reader: Reader) -> PlaceRow:
    """A transaction with what it is called, where it went and how much it was."""
    own = [p for p in view.postings if p.kind in ACCOUNT_KINDS]
    categories = [p for p in view.postings if p.kind in CATEGORY_KINDS]
    source = min(own, key=lambda p: p.money.minor, default=view.postings[0])
    is_income = bool(categories) and source.money.minor > 0
    return PlaceRow(
        name=view.payee or reader.say(view.description) or _way(own, reader),
        detail=_detail(view, own, categories, reader),
        amount=amount_row(
            source.money if categories else abs(source.money),
            reader.language,
            tone="in" if is_income else "" if categories else "quiet",
            plus=is_income,
        ),
        href=routes.transactions(period=view.on_date.isoformat()),
        glyph=_glyph(categories, is_income=is_income),
    )


def _detail(
    view: TransactionView,
    own: list[PostingView],
    categories: list[PostingView],
    reader: Reader,
) -> str:
    if categories:
        where = [", ".join(p.account_name for p in categories), own[0].account_name]
    elif len(own) > 1:
        where = [reader.say(message_id("Transfer"))]
    else:
        where = [p.account_name for p in own]
    return " · ".join([reader.day(view.on_date), *where])


def _way(own: list[PostingView], reader: Reader) -> str:
    ordered = sorted(own, key=lambda p: p.money.minor)
    if len(ordered) < 2:  # noqa: PLR2004 - from and to
        return reader.say(message_id("No payee"))
    return reader.say(
        message_id("{source} to {target}"),
        source=ordered[0].account_name,
        target=ordered[-1].account_name,
    )


def _glyph(categories: list[PostingView], *, is_income: bool) -> str:
    if not categories:
        return "arrow-left-right"
    if len(categories) > 1:
        return "split"
    return "arrow-down-left" if is_income else "arrow-up-right"
