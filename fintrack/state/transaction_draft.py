"""The texts of a transaction's form, and how a transaction that is there fills them."""

from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from fintrack.core.currency import find_currency
from fintrack.core.entries import Entry, Part
from fintrack.core.formatting import format_day, format_number
from fintrack.core.money import Money
from fintrack.core.text import message_id
from fintrack.services.ledger.reading import PostingView, TransactionView
from fintrack.state.amounts import Reader
from fintrack.state.forms import number_style
from fintrack.state.ledger_choices import Choice
from fintrack.state.transaction_rows import sides

OUT: Final = "out"
IN: Final = "in"
MOVE: Final = "move"
FIXED: Final = "fixed"
OPENING: Final = "opening"
KINDS = (OUT, IN, MOVE)
TEXTS = (
    "amount",
    "payee",
    "on_date",
    "note",
    "tags",
    "received",
    "rate",
    "original_amount",
    "original_currency",
)
Moved: TypeAlias = PostingView | Part
"""A posting that is there, or one to be made."""


@dataclass(frozen=True)
class Share:
    """One category of a split with the text of its amount; ``key`` names its fields.

    The text is the browser's until ``revision`` rises.
    """

    key: str
    category: str = ""
    amount: str = ""
    memo: str = ""
    revision: int = 0


@dataclass(frozen=True)
class Draft:
    """The texts of a form.

    ``kind`` is ``out``, ``in``, ``move`` (transfer), ``opening`` (what was on an
    account when it was opened, below zero for a debt) or ``fixed``: what no form can
    show, whose postings stay as they are.
    """

    kind: str = OUT
    amount: str = ""
    payee: str = ""
    description: str = ""
    category: str = ""
    account: str = ""
    to_account: str = ""
    received: str = ""
    rate: str = ""
    on_date: str = ""
    note: str = ""
    tags: str = ""
    original_amount: str = ""
    original_currency: str = ""
    memo: str = ""
    shares: list[Share] = field(default_factory=list)


def draft_of(view: TransactionView, language: str) -> Draft:
    """The form of a transaction that is there."""
    found = sides(view)
    words = Draft(
        kind=FIXED,
        payee=view.payee,
        description=view.description,
        note=view.note,
        tags=", ".join(view.tags),
        on_date=format_day(view.on_date, language),
    )
    if found.is_transfer:
        source, target = sorted(found.own, key=lambda p: p.money.minor > 0)
        return _transfer_draft(words, source, target, language)
    if len(found.own) != 1:
        return words
    if found.categories and not found.equity:
        return _payment_draft(words, found.own[0], found.categories, language)
    if len(found.equity) == 1 and not found.categories:
        return _opening_draft(words, found.own[0], language)
    return words


def draft_as_kept(kind: str, entry: Entry, language: str) -> Draft:
    """The form of ``entry`` once it is kept, where its own form is of ``kind``."""
    words = Draft(
        kind=FIXED,
        payee=" ".join(entry.payee.split()),
        description=" ".join(entry.description.split()),
        note=entry.note.strip(),
        tags=", ".join(entry.tags or ()),
        on_date=format_day(entry.on_date, language),
    )
    own, *others = entry.parts
    if kind == FIXED:
        draft = words
    elif kind == OPENING:
        draft = _opening_draft(words, own, language)
    elif kind == MOVE:
        draft = _transfer_draft(words, own, others[0], language)
    else:
        draft = _payment_draft(words, own, tuple(others), language)
    return draft


def with_closed(
    accounts: list[Choice],
    view: TransactionView,
    read_only: frozenset[str],
    reader: Reader,
) -> list[Choice]:
    """The accounts on offer, and after them those others that ``view`` is on.

    Of these some are ``read_only``, and the rest is closed.
    """
    offered = {choice.value for choice in accounts}

    def label(value: str, name: str) -> str:
        if value in read_only:
            return reader.say(message_id("{name} (read only)"), name=name)
        return reader.say(message_id("{name} (closed)"), name=name)

    closed = {
        str(p.account_id): Choice(
            str(p.account_id),
            label(str(p.account_id), p.account_name),
            p.money.currency,
        )
        for p in sides(view).own
        if str(p.account_id) not in offered
    }
    return [*accounts, *closed.values()]


def money_text(money: Money, language: str) -> str:
    """An amount as somebody would type it: no symbol, no groups."""
    exponent = find_currency(money.currency).exponent
    text = format_number(money.decimal, language, decimals=exponent)
    groups = "".join(number_style(language).grouping)
    return text.translate(dict.fromkeys(map(ord, groups))).replace("−", "-")


def merged(draft: Draft, form: dict[str, str]) -> Draft:
    """The draft with the texts that the browser held until now."""
    texts = {name: form[name] for name in TEXTS if name in form}
    shares = [
        Share(
            share.key,
            share.category,
            form.get(f"share_{share.key}", share.amount),
            form.get(f"memo_{share.key}", share.memo),
        )
        for share in draft.shares
    ]
    return replace(draft, shares=shares, **texts)


def _transfer_draft(words: Draft, source: Moved, target: Moved, language: str) -> Draft:
    other = source.money.currency != target.money.currency
    return replace(
        words,
        kind=MOVE,
        account=str(source.account_id),
        to_account=str(target.account_id),
        amount=money_text(-source.money, language),
        received=money_text(target.money, language) if other else "",
    )


def _opening_draft(words: Draft, own: Moved, language: str) -> Draft:
    amount = money_text(own.money, language)
    return replace(words, kind=OPENING, account=str(own.account_id), amount=amount)


def _payment_draft(
    words: Draft,
    own: Moved,
    categories: tuple[Moved, ...],
    language: str,
) -> Draft:
    income = own.money.minor > 0
    first = categories[0]
    split = len(categories) > 1
    return replace(
        words,
        kind=IN if income else OUT,
        account=str(own.account_id),
        amount=money_text(abs(own.money), language),
        category="" if split else str(first.account_id),
        memo="" if split else first.memo,
        original_amount=money_text(abs(own.original), language) if own.original else "",
        original_currency=own.original.currency if own.original else "",
        shares=[
            Share(
                key=str(place),
                category=str(p.account_id),
                amount=money_text(-p.money if income else p.money, language),
                memo=p.memo,
            )
            for place, p in enumerate(categories)
        ]
        if split
        else [],
    )
