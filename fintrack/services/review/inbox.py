"""What has no category yet, grouped by payee, each with what it may be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, text

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS, CATEGORY_TYPE, UNCATEGORISED_TYPE, Kind
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.services.commands import Work, question
from fintrack.services.imports.payees import load_learned

PAGE = 50
SUGGESTED = 5

# Months are added up, not postings: every page shows how many are left.
_LEFT = text(
    "SELECT coalesce(sum(b.posting_count), 0) FROM account a JOIN balance_month b "
    "ON b.ledger_id = a.ledger_id AND b.account_id = a.id "
    "WHERE a.ledger_id = :ledger_id AND a.type = :open"
)
_GROUPS = text(
    "SELECT coalesce(nullif(t.payee, ''), t.description) AS place, a.kind, "
    "p.currency, count(*) AS size, sum(-p.amount_minor) AS minor, "
    "max(p.on_date) AS newest FROM account a "
    "JOIN posting p ON p.ledger_id = a.ledger_id AND p.account_id = a.id "
    "AND p.voided_at IS NULL "
    "JOIN transaction t ON t.ledger_id = p.ledger_id AND t.id = p.transaction_id "
    "WHERE a.ledger_id = :ledger_id AND a.type = :open GROUP BY 1, 2, 3"
)
_USED = text(
    "SELECT a.id, a.kind, a.name FROM account a LEFT JOIN balance_month b "
    "ON b.ledger_id = a.ledger_id AND b.account_id = a.id "
    "WHERE a.ledger_id = :ledger_id AND a.type = :type AND a.closed_on IS NULL "
    "GROUP BY a.id, a.kind, a.name, a.name_folded "
    "ORDER BY coalesce(sum(b.posting_count), 0) DESC, a.name_folded"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category that may fit; ``is_learned`` from one's own choices for the payee."""

    category_id: int
    name: str
    is_learned: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Open transactions of one payee; ``place`` is its folded name.

    ``sums`` say what came in (positive) or went out, one for each currency.
    """

    place: str
    name: str
    kind: Kind
    count: int
    newest: date
    sums: tuple[Money, ...]
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """The largest groups first; ``left`` counts what is in all of them."""

    groups: tuple[Group, ...]
    left: int


@question("review.count", ledger=LedgerRole.VIEWER)
async def count_left(work: Work) -> int:
    """How many postings have no category yet."""
    values = {"ledger_id": work.ledger_id, "open": UNCATEGORISED_TYPE}
    return int(await work.session.scalar(_LEFT, values) or 0)


@question("review.inbox", ledger=LedgerRole.VIEWER)
async def read_inbox(work: Work) -> Inbox:
    """The fifty largest groups, each with up to five suggested categories."""
    values = {"ledger_id": work.ledger_id, "open": UNCATEGORISED_TYPE}
    rows = (await work.session.execute(_GROUPS, values)).all()
    groups: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[fold(row.place), row.kind].append(row)
    largest = sorted(groups.items(), key=lambda one: (-_size(one[1]), one[0]))[:PAGE]
    found: tuple[Group, ...] = ()
    if largest:
        known = await _load_known(work)
        found = tuple(
            _group(place, Kind(kind), parts, known) for (place, kind), parts in largest
        )
    return Inbox(found, _size(rows))


@dataclass(frozen=True, slots=True)
class _Known:
    """The categories in use by kind, and what each payee had last."""

    used: Mapping[Kind, Sequence[Suggestion]]
    learned: Mapping[str, int]


async def _load_known(work: Work) -> _Known:
    values = {"ledger_id": work.ledger_id, "type": CATEGORY_TYPE}
    used: dict[Kind, list[Suggestion]] = {kind: [] for kind in CATEGORY_KINDS}
    for row in await work.session.execute(_USED, values):
        used[Kind(row.kind)].append(Suggestion(row.id, row.name))
    learned = {fold(place): id_ for place, id_ in await load_learned(work)}
    return _Known(used, learned)


def _group(place: str, kind: Kind, parts: Sequence[Row[Any]], known: _Known) -> Group:
    sums: dict[str, int] = defaultdict(int)
    for part in parts:
        sums[part.currency] += int(part.minor)
    return Group(
        place=place,
        name=min(parts, key=lambda part: (-part.size, part.place)).place,
        kind=kind,
        count=_size(parts),
        newest=max(part.newest for part in parts),
        sums=tuple(Money(minor, code) for code, minor in sorted(sums.items())),
        suggestions=_suggestions(place, kind, known),
    )


def _suggestions(place: str, kind: Kind, known: _Known) -> tuple[Suggestion, ...]:
    """What the payee had last comes first, then what is used most."""
    learned_id = known.learned.get(place)
    everything = [one for kind_ in CATEGORY_KINDS for one in known.used[kind_]]
    learned = [
        Suggestion(one.category_id, one.name, is_learned=True)
        for one in everything
        if one.category_id == learned_id
    ]
    others = [one for one in known.used[kind] if one.category_id != learned_id]
    return tuple([*learned, *others][:SUGGESTED])


def _size(rows: Iterable[Row[Any]]) -> int:
    return sum(row.size for row in rows)
