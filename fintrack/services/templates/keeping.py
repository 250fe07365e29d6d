"""Templates added, replaced, renamed, removed and listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import ACCOUNT_KINDS, CATEGORY_KINDS, Kind
from fintrack.core.errors import Conflict, InvalidInput, NotFound
from fintrack.core.folding import fold
from fintrack.core.money import MAX_MINOR
from fintrack.core.templates import (
    MOST_TEMPLATES,
    NewTemplate,
    amounts_of,
    check_template,
    clean_name,
)
from fintrack.core.words import without_turns
from fintrack.models.ledger import Account
from fintrack.models.templates import Template, TemplateShare, TemplateTag
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger import rows
from fintrack.services.tags.rows import ensure_tags
from fintrack.services.templates.template_rows import (
    TemplateView,
    read_templates,
    view,
)


@dataclass(frozen=True, slots=True)
class TemplateChange:
    """What a template is to say, all of it, by somebody who saw it at ``version``."""

    template_id: int
    version: int
    new: NewTemplate


@dataclass(frozen=True, slots=True)
class TemplateName:
    """A new name for a template as its reader saw it."""

    template_id: int
    version: int
    name: str


@dataclass(frozen=True, slots=True)
class TemplateMark:
    """A template as its reader saw it."""

    template_id: int
    version: int


@question("template.list", ledger=LedgerRole.VIEWER)
async def list_templates(work: Work) -> list[TemplateView]:
    """All templates by name."""
    return await read_templates(work)


@question("template.find", ledger=LedgerRole.VIEWER)
async def find_template(work: Work, template_id: int) -> TemplateView:
    """One template.

    Raises:
        NotFound: it does not exist in this ledger.
    """
    return await view(work, template_id)


@command("template.add", ledger=LedgerRole.EDITOR)
async def add_template(work: Work, new: NewTemplate) -> TemplateView:
    """Keeps a template.

    Raises:
        InvalidInput: it says what cannot be, or another one has its name.
        NotFound: an account or category that is not in this ledger.
        Conflict: one that is closed, or there are too many templates already.
    """
    row = await write_template(work, new)
    return await view(work, row.id)


@command("template.edit", ledger=LedgerRole.EDITOR)
async def edit_template(work: Work, change: TemplateChange) -> TemplateView:
    """Replaces what a template says.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput, NotFound, Conflict: as for a new one.
    """
    row = await _seen(work, change.template_id, change.version)
    clean, columns = await _read(work, change.new, row.id)
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    await _drop_parts(work, row)
    await _add_parts(work, row, clean)
    return await view(work, row.id)


@command("template.rename", ledger=LedgerRole.EDITOR)
async def rename_template(work: Work, change: TemplateName) -> TemplateView:
    """Gives a template another name; what it speaks of may be closed meanwhile.

    Raises:
        StaleVersion: somebody changed it since it was read.
        InvalidInput: a name that cannot be or that another one has.
    """
    row = await _seen(work, change.template_id, change.version)
    name = clean_name(change.name)
    await _check_name(work, name, row.id)
    row.name, row.name_folded = name, fold(name)
    row.version += 1
    await work.session.flush()
    return await view(work, row.id)


@command("template.remove", ledger=LedgerRole.EDITOR)
async def remove_template(work: Work, mark: TemplateMark) -> None:
    """Removes a template; what was entered by it stays.

    Raises:
        StaleVersion: somebody changed it since it was read.
    """
    row = await _seen(work, mark.template_id, mark.version)
    await _drop_parts(work, row)
    await work.session.delete(row)
    await work.session.flush()


async def write_template(
    work: Work,
    new: NewTemplate,
    *,
    import_id: int | None = None,
    closed_too: bool = False,
) -> Template:
    """Writes one; ``closed_too`` lets it speak of what is closed, as one kept may.

    Raises:
        InvalidInput, NotFound, Conflict: as ``add_template``.
    """
    own = col(Template.ledger_id) == work.ledger_id
    count = select(func.count()).select_from(Template).where(own)
    if (await work.session.scalar(count) or 0) >= MOST_TEMPLATES:
        raise Conflict("There are {limit} templates already.", limit=MOST_TEMPLATES)
    clean, columns = await _read(work, new, closed_too=closed_too)
    row = Template(
        ledger_id=work.ledger_id,
        import_id=import_id,
        created_at=work.now,
        **columns,
    )
    work.session.add(row)
    await work.session.flush()
    await _add_parts(work, row, clean)
    return row


async def _seen(work: Work, template_id: int, version: int) -> Template:
    row = await rows.find(work, Template, template_id)
    rows.check_version(row.version, version)
    return row


async def _drop_parts(work: Work, row: Template) -> None:
    for table in (TemplateShare, TemplateTag):
        await work.session.execute(
            delete(table).where(
                col(table.ledger_id) == work.ledger_id, col(table.template_id) == row.id
            )
        )


async def _read(
    work: Work, new: NewTemplate, besides: int = 0, *, closed_too: bool = False
) -> tuple[NewTemplate, dict[str, Any]]:
    """What can be kept, cleaned, and the columns of its row."""
    clean = check_template(new)
    currency = await _check_places(work, clean, closed_too=closed_too)
    await _check_name(work, clean.name, besides)
    columns = {
        "name": clean.name,
        "name_folded": fold(clean.name),
        "kind": clean.kind,
        "payee": clean.payee,
        "account_id": clean.account_id,
        "to_account_id": clean.to_account_id,
        "currency": currency,
        "amount_minor": clean.amount.minor if clean.amount else None,
        "note": clean.note,
    }
    return clean, columns


async def _add_parts(work: Work, row: Template, new: NewTemplate) -> None:
    tag_ids = await ensure_tags(work, new.tags)
    work.session.add_all(_parts(row, new, tag_ids))
    await work.session.flush()


def _parts(
    row: Template, new: NewTemplate, tag_ids: Sequence[int]
) -> list[TemplateShare | TemplateTag]:
    of = {"ledger_id": row.ledger_id, "template_id": row.id}
    return [
        *(
            TemplateShare(
                **of,
                position=place,
                category_id=share.category_id,
                amount_minor=share.amount.minor if share.amount else None,
                memo=without_turns(share.memo).strip(),
            )
            for place, share in enumerate(new.shares)
        ),
        *(TemplateTag(**of, tag_id=tag_id) for tag_id in tag_ids),
    ]


async def _check_name(work: Work, name: str, besides: int) -> None:
    taken = await work.session.scalar(
        select(col(Template.id)).where(
            col(Template.ledger_id) == work.ledger_id,
            col(Template.name_folded) == fold(name),
            col(Template.id) != besides,
        )
    )
    if taken:
        raise InvalidInput("Another template already has this name.", field="name")


async def _check_places(work: Work, new: NewTemplate, *, closed_too: bool) -> str:
    """The currency of the account, once all that is named can be booked on.

    Raises:
        InvalidInput: an account where a category belongs or the other way round, or
            an amount in another currency.
        NotFound: what is not in this ledger.
        Conflict: what is closed.
    """
    shares = {share.category_id for share in new.shares}
    target = () if new.to_account_id is None else (new.to_account_id,)
    accounts = {new.account_id, *target}
    found = await work.session.scalars(
        select(Account).where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.id).in_(accounts | shares),
        )
    )
    known = {account.id: account for account in found}
    if (accounts | shares) - set(known):
        raise NotFound
    for account_id, account in known.items():
        if account_id in shares and Kind(account.kind) not in CATEGORY_KINDS:
            raise InvalidInput("This is not a category.", field="shares")
        if account_id in accounts and Kind(account.kind) not in ACCOUNT_KINDS:
            raise InvalidInput("This is not an account.", field="account_id")
        if account.closed_on is not None and not closed_too:
            raise Conflict(rows.closed_message(account.kind), name=account.name)
    return _check_amounts(new, known[new.account_id])


def _check_amounts(new: NewTemplate, account: Account) -> str:
    for field, amount in amounts_of(new):
        if amount.currency != account.currency:
            raise InvalidInput(
                "{name} is kept in {currency}.",
                field=field,
                name=account.name,
                currency=account.currency,
            )
        if amount.minor > MAX_MINOR:
            raise InvalidInput("This amount is too large.", field=field)
    return account.currency or ""
