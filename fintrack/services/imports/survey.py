"""What a file would do to the books: its rows raw beside understood, and its sums."""

from dataclasses import dataclass
from datetime import date

from fintrack.core.actor import LedgerRole
from fintrack.core.money import Money
from fintrack.core.statements.mapping import Mapping
from fintrack.models.imports import ImportPreview
from fintrack.models.ledger import Account
from fintrack.services.commands import Work, question
from fintrack.services.imports import parsing, previews, readers
from fintrack.services.imports.judging import Status
from fintrack.services.imports.left_out import LeftOutJob
from fintrack.services.imports.lookup import Lookup
from fintrack.services.imports.payees import load_knowledge
from fintrack.services.imports.preview_rows import PreviewRow
from fintrack.services.imports.previews import PreviewHead
from fintrack.services.imports.tallying import (
    BalanceCheck,
    Flow,
    Survey,
    SurveyJob,
)
from fintrack.services.ledger import account_rows, rows
from fintrack.services.ledger.chain import find_locked_days
from fintrack.services.ledger.days import ledger_today
from fintrack.services.ledger.openings import Opening, read_opening

PAGE = 50


@dataclass(frozen=True, slots=True)
class PreviewView:
    """A preview with one page of its rows and the first 500 doubtful ones.

    ``counts`` has each status; ``to_add`` counts the rows that will be added,
    ``to_clear`` what is there already and will be marked as cleared, and
    ``balance_after`` is what the account will hold then at the end of ``balance_on``,
    the day of the file's last balance or else today. The account is reconciled up to
    ``locked_on``; ``locked`` of the rows to add lie there, and ``older`` of them before
    its ``opening``. ``next`` is the number to ask for the page behind this one, or
    None.
    """

    head: PreviewHead
    rows: tuple[PreviewRow, ...]
    next: int | None
    doubtful: tuple[PreviewRow, ...]
    counts: dict[Status, int]
    to_add: int
    to_clear: int
    locked: int
    locked_on: date | None
    older: int
    opening: Opening | None
    first_day: date | None
    last_day: date | None
    flows: tuple[Flow, ...]
    balances: tuple[BalanceCheck, ...]
    balance_on: date
    balance_before: Money
    balance_after: Money


@question("import.read_preview", ledger=LedgerRole.EDITOR)
async def read_preview(
    work: Work, preview_id: int, *, after: int = 0, only: Status | None = None
) -> PreviewView:
    """The file read anew, judged against the books as they are now.

    The page starts behind record ``after`` and shows rows of the status ``only``.

    Raises:
        NotFound: not a preview of this person.
        Conflict: it has expired, or the account is closed.
        InvalidInput: the mapping lacks a column, or the file breaks the limits.
    """
    preview = await previews.own_preview(work, preview_id)
    account = await previews.importable_account(work, preview.account_id)
    locked_on = (await find_locked_days(work, [account.id])).get(account.id)
    opening = await read_opening(work, account.id)
    days = (locked_on, opening.on_date if opening else None)
    found = await _survey(work, preview, account, days, (after, only))
    balance_on = await _balance_day(work, account, found)
    before = await account_rows.read_balance(work, account.id, balance_on)
    return PreviewView(
        head=previews.head_of(preview),
        rows=found.rows,
        next=found.next,
        doubtful=found.doubtful,
        counts=found.counts,
        to_add=found.to_add,
        to_clear=found.to_clear,
        locked=found.locked,
        locked_on=locked_on,
        older=found.older,
        opening=opening,
        first_day=found.first_day,
        last_day=found.last_day,
        flows=found.flows,
        balances=found.balances,
        balance_on=balance_on,
        balance_before=before,
        balance_after=before + Money(found.added_minor, before.currency),
    )


@question("import.try_mapping", ledger=LedgerRole.EDITOR)
async def try_mapping(
    work: Work, preview_id: int, mapping: Mapping
) -> tuple[tuple[str, ...], ...]:
    """The first records of the file as another mapping cuts it, which is not kept.

    Raises:
        NotFound: not a preview of this person.
        Conflict: it has expired, or the account is closed.
        InvalidInput: the mapping lacks a column, or the file breaks the limits.
    """
    preview = await previews.own_preview(work, preview_id)
    account = await previews.importable_account(work, preview.account_id)
    found = await _survey(work, preview, account, read_as=mapping)
    return tuple(row.raw for row in found.rows)


async def _survey(
    work: Work,
    preview: ImportPreview,
    account: Account,
    days: tuple[date | None, date | None] = (None, None),
    page: tuple[int, Status | None] = (0, None),
    read_as: Mapping | None = None,
) -> Survey:
    """The whole file, counted by the process that reads it."""
    source = previews.source_of(preview, read_as)
    chosen = previews.decisions_of(preview)
    size, known = parsing.BATCH_ROWS, await load_knowledge(work)
    currency = account.currency or ""
    job = SurveyJob(source, currency, chosen, size, PAGE, *page, known, *days)
    kind, since = source.mapping.format.value, previews.since_of(preview)
    lookup = Lookup(work, account.id, source=kind, since=since)
    return await readers.current().run(job, answer=lookup.answer)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The rows of a file that are not taken: a CSV file in parts, and its name."""

    filename: str
    parts: tuple[bytes, ...]


@question("import.left_out", ledger=LedgerRole.EDITOR)
async def read_left_out(work: Work, preview_id: int, language: str) -> LeftOut:
    """What a yes would leave out, or has left out while its preview stands.

    Raises:
        NotFound: not a preview of this person.
        Conflict: it has expired.
        InvalidInput: the mapping lacks a column, or the file breaks the limits.
    """
    preview = await previews.own_preview(work, preview_id)
    account = await rows.find(work, Account, preview.account_id)
    job = LeftOutJob(
        previews.source_of(preview),
        account.currency or "",
        previews.decisions_of(preview),
        parsing.BATCH_ROWS,
        language,
    )
    # The rows of its own import are not yet in the books that it was judged against.
    own = preview.decisions.get("import_id")
    kind, since = job.source.mapping.format.value, previews.since_of(preview)
    lookup = Lookup(work, account.id, source=kind, besides=own, since=since)
    parts: list[bytes] = []

    async def take(part: bytes) -> None:
        parts.append(part)

    await readers.current().run(job, answer=lookup.answer, take=take)
    return LeftOut(preview.filename, tuple(parts))


async def _balance_day(work: Work, account: Account, found: Survey) -> date:
    """The day of the last balance that the file states for the account, or today."""
    stated = (
        one.closing_on
        for one in found.balances
        if one.moved.currency == account.currency
    )
    return next(stated, None) or await ledger_today(work)
