"""Templates as people see them, read from their rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, text

from fintrack.core.errors import NotFound
from fintrack.core.money import Money
from fintrack.core.templates import TemplateKind
from fintrack.services.commands import Work

Found = Row[*tuple[Any, ...]]

_TEMPLATES = text(
    "SELECT t.id, t.name, t.kind, t.account_id, a.name AS account_name, "
    "t.to_account_id, b.name AS to_account_name, t.currency, t.amount_minor, "
    "t.payee, t.note, t.version, "
    "a.closed_on IS NOT NULL AS is_closed, b.closed_on IS NOT NULL AS to_closed "
    "FROM template t "
    "JOIN account a ON a.ledger_id = t.ledger_id AND a.id = t.account_id "
    "LEFT JOIN account b ON b.ledger_id = t.ledger_id AND b.id = t.to_account_id "
    "WHERE t.ledger_id = :ledger_id AND (:id = 0 OR t.id = :id) ORDER BY t.name_folded"
)
_SHARES = text(
    "SELECT s.template_id, s.category_id, c.name, s.amount_minor, s.memo, "
    "c.closed_on IS NOT NULL AS is_closed FROM template_share s "
    "JOIN account c ON c.ledger_id = s.ledger_id AND c.id = s.category_id "
    "WHERE s.ledger_id = :ledger_id AND (:id = 0 OR s.template_id = :id) "
    "ORDER BY s.template_id, s.position"
)
_TAGS = text(
    "SELECT x.template_id, g.name FROM template_tag x "
    "JOIN tag g ON g.ledger_id = x.ledger_id AND g.id = x.tag_id "
    "WHERE x.ledger_id = :ledger_id AND (:id = 0 OR x.template_id = :id) "
    "ORDER BY g.name_folded"
)


@dataclass(frozen=True, slots=True)
class ShareView:
    """One category of a template."""

    category_id: int
    category_name: str
    amount: Money | None
    memo: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template; what it speaks of may be closed meanwhile."""

    id: int
    name: str
    kind: TemplateKind
    account_id: int
    account_name: str
    to_account_id: int | None
    to_account_name: str
    amount: Money | None
    payee: str
    note: str
    shares: tuple[ShareView, ...]
    tags: tuple[str, ...]
    account_is_closed: bool
    target_is_closed: bool
    version: int

    @property
    def closed(self) -> tuple[str, ...]:
        """The names of what nothing can be booked on."""
        names = [self.account_name] if self.account_is_closed else []
        names += [self.to_account_name] if self.target_is_closed else []
        names += [share.category_name for share in self.shares if share.is_closed]
        return tuple(dict.fromkeys(names))


async def read_templates(work: Work, template_id: int = 0) -> list[TemplateView]:
    """All templates by name, or the one of this id, in three queries."""
    values = {"ledger_id": work.ledger_id, "id": template_id}
    found = (await work.session.execute(_TEMPLATES, values)).all()
    shares: dict[int, list[Found]] = defaultdict(list)
    for share in (await work.session.execute(_SHARES, values)).all():
        shares[share.template_id].append(share)
    tags: dict[int, list[str]] = defaultdict(list)
    for kept_by, name in (await work.session.execute(_TAGS, values)).all():
        tags[kept_by].append(name)
    return [
        replace(_to_view(row, shares[row.id]), tags=tuple(tags[row.id]))
        for row in found
    ]


async def view(work: Work, template_id: int) -> TemplateView:
    """One template.

    Raises:
        NotFound: it does not exist in this ledger.
    """
    found = await read_templates(work, template_id) if template_id else []
    if not found:
        raise NotFound
    return found[0]


def _to_view(row: Found, shares: Sequence[Found]) -> TemplateView:
    def money(minor: int | None) -> Money | None:
        return Money(minor, row.currency) if minor else None

    return TemplateView(
        id=row.id,
        name=row.name,
        kind=TemplateKind(row.kind),
        account_id=row.account_id,
        account_name=row.account_name,
        to_account_id=row.to_account_id,
        to_account_name=row.to_account_name or "",
        amount=money(row.amount_minor),
        payee=row.payee,
        note=row.note,
        shares=tuple(
            ShareView(
                share.category_id,
                share.name,
                money(share.amount_minor),
                share.memo,
                share.is_closed,
            )
            for share in shares
        ),
        tags=(),
        account_is_closed=row.is_closed,
        target_is_closed=bool(row.to_closed),
        version=row.version,
    )
