"""Transactions as the list draws them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from sys import intern

from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS
from fintrack.core.formatting import format_day, format_money
from fintrack.core.money import Money
from fintrack.services.ledger.reading import PostingView, TransactionView
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.marks import NO_MARK, Mark, mark_of
from fintrack.state.rows import NOTHING, Amount

MAX_CURRENCIES = 3


@dataclass(frozen=True)
class PartRow:
    """One share of a split."""

    name: str
    memo: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """One transaction; ``second`` is a small amount below the first.

    ``attached`` says how many files it has, and is empty where there are none.
    ``pick`` is its id where it can be selected, ``select_label`` the words of its box.
    """

    id: str
    name: str
    detail: str
    category: str
    account: str
    on_phone: str
    amount: Amount
    second: str = ""
    glyph: str = ""
    is_void: bool = False
    needs_category: bool = False
    mark: Mark = NO_MARK
    parts: list[PartRow] = field(default_factory=list)
    attached: str = ""
    pick: str = ""
    select_label: str = ""


@dataclass(frozen=True, slots=True)
class DayGroup:
    """A day of the list with what came in or went out, by currency."""

    name: str
    date: str
    sums: list[Amount] = field(default_factory=list)
    rows: list[TransactionRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sides:
    """The postings of a transaction by what they are on."""

    own: tuple[PostingView, ...]
    categories: tuple[PostingView, ...]
    equity: tuple[PostingView, ...]

    @property
    def is_transfer(self) -> bool:
        """Money moved between two own accounts and nowhere else."""
        return len(self.own) == 2 and not self.categories  # noqa: PLR2004 - from and to

    @property
    def choice(self) -> int:
        """The one category of a payment; 0 where there are several or none."""
        return self.categories[0].account_id if len(self.categories) == 1 else 0


def sides(view: TransactionView) -> Sides:
    """Sorts the postings of a transaction."""
    return Sides(
        tuple(p for p in view.postings if p.kind in ACCOUNT_KINDS),
        tuple(p for p in view.postings if p.kind in CATEGORY_KINDS),
        tuple(
            p for p in view.postings if p.kind not in (*ACCOUNT_KINDS, *CATEGORY_KINDS)
        ),
    )


def day_groups(
    views: Iterable[TransactionView],
    sums: Mapping[date, Sequence[Money]],
    reader: Reader,
    uncategorised: frozenset[int],
    account_id: int = 0,
) -> list[DayGroup]:
    """The views by day in their order, each day with its sums.

    With an account the rows carry its mark, else that of all accounts they are on.
    """
    rows: dict[date, list[TransactionRow]] = defaultdict(list)
    for view in views:
        mark = mark_of(view, reader, account_id)
        rows[view.on_date].append(transaction_row(view, reader, uncategorised, mark))
    return [
        DayGroup(
            reader.day(day),
            _long_day(day, reader),
            [
                amount_row(one, reader.language, tone="quiet", plus=True)
                for one in sums.get(day, ())[:MAX_CURRENCIES]
            ],
            kept,
        )
        for day, kept in rows.items()
    ]


def transaction_row(
    view: TransactionView,
    reader: Reader,
    uncategorised: frozenset[int],
    mark: Mark = NO_MARK,
) -> TransactionRow:
    """One transaction for its reader.

    Payees, categories and accounts recur: their texts are held once for all rows.
    So is its id, which the selection knows too.
    """
    found = sides(view)
    id_, name = intern(str(view.id)), intern(_title(view, found, reader))
    category = intern(_category(found, reader))
    account = intern(_account(found, reader))
    needs = any(p.account_id in uncategorised for p in found.categories)
    amount, second = _amounts(found, reader)
    words = [reader.say("Void")] if view.voided_at else []
    words += [category, account] if not found.is_transfer else [category]
    words += [f"#{tag}" for tag in view.tags]
    return TransactionRow(
        id=id_,
        name=name,
        detail=_detail(view),
        category=category,
        account=account,
        on_phone=intern(" · ".join(word for word in words if word)),
        amount=amount,
        second=second,
        glyph=_glyph(found, needs=needs),
        is_void=view.voided_at is not None,
        needs_category=needs and view.voided_at is None,
        mark=mark,
        parts=_parts(found, reader),
        attached=_attached(view.attachments, reader),
        pick="" if view.voided_at else id_,
        select_label=intern(reader.say("Select {name}", name=name)),
    )


def title(view: TransactionView, reader: Reader) -> str:
    """What a transaction is called: its payee, or else what it says or does."""
    return _title(view, sides(view), reader)


def _title(view: TransactionView, found: Sides, reader: Reader) -> str:
    if view.payee or view.description:
        name = view.payee or reader.say(view.description)
    elif found.is_transfer:
        source, target = _from_to(found.own)
        name = reader.say(
            "{source} to {target}",
            source=source.account_name,
            target=target.account_name,
        )
    else:
        name = _category(found, reader)
    return name


def main_money(view: TransactionView) -> Money:
    """The amount that stands for a transaction: what its account lost or gained."""
    found = sides(view)
    if found.is_transfer:
        return -_from_to(found.own)[0].money
    return (found.own or view.postings)[0].money


def _attached(count: int, reader: Reader) -> str:
    if not count:
        return ""
    return reader.count("{n} attachment", "{n} attachments", count)


def _long_day(day: date, reader: Reader) -> str:
    near = abs((reader.today - day).days) <= 1
    return format_day(day, reader.language, "full") if near else ""


def _detail(view: TransactionView) -> str:
    tags = " ".join(f"#{tag}" for tag in view.tags)
    said = (view.payee and view.description, view.note, tags)
    return " · ".join(word for word in said if word)


def _category(found: Sides, reader: Reader) -> str:
    if found.is_transfer:
        name = reader.say("Transfer")
    elif len(found.categories) > 1:
        name = reader.say("Split in {n}", n=len(found.categories))
    elif found.categories:
        name = found.categories[0].account_name
    else:
        name = reader.say("Opening balance")
    return name


def _account(found: Sides, reader: Reader) -> str:
    if len(found.own) > 1:
        return reader.say("Between {n} accounts", n=len(found.own))
    return found.own[0].account_name if found.own else ""


def _amounts(found: Sides, reader: Reader) -> tuple[Amount, str]:
    tongue = reader.language
    if found.is_transfer:
        source, target = _from_to(found.own)
        other = source.money.currency != target.money.currency
        second = format_money(target.money, tongue) if other else ""
        return amount_row(-source.money, tongue, tone="quiet"), second
    if not found.own:
        return NOTHING, ""
    own = found.own[0]
    income = own.money.minor > 0 and bool(found.categories)
    tone = "in" if income else "" if found.categories else "quiet"
    second = format_money(abs(own.original), tongue) if own.original else ""
    return amount_row(own.money, tongue, tone=tone, plus=income), second


def _from_to(own: Sequence[PostingView]) -> tuple[PostingView, PostingView]:
    first, second = own
    return (first, second) if first.money.minor <= 0 else (second, first)


def _glyph(found: Sides, *, needs: bool) -> str:
    if needs:
        name = "tag"
    elif found.is_transfer:
        name = "arrow-left-right"
    elif len(found.categories) > 1:
        name = "split"
    elif not found.categories:
        name = "wallet"
    else:
        gained = bool(found.own) and found.own[0].money.minor > 0
        name = "arrow-down-left" if gained else "arrow-up-right"
    return name


def _parts(found: Sides, reader: Reader) -> list[PartRow]:
    if len(found.categories) < 2:  # noqa: PLR2004 - one share is no split
        return []
    sign = -1 if found.own and found.own[0].money.minor > 0 else 1
    return [
        PartRow(
            p.account_name,
            p.memo,
            amount_row(p.money if sign > 0 else -p.money, reader.language),
        )
        for p in found.categories
    ]
