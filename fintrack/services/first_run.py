"""The first choice with new books: sample data, one's own files, or a fresh start."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_territory_currencies
from sqlalchemy import select
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.chart import CATEGORY_KINDS
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.models.ledger import Account, Ledger
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger.accounts import NewAccount, open_account
from fintrack.services.ledger.categories import plant_tree
from fintrack.services.sample.adding import NewSample, add_sample

DEFAULT_CURRENCY = "EUR"
# The household of the sample counts in it, whatever the browser's own currency is.
SAMPLE_CURRENCY = "EUR"


class Beginning(StrEnum):
    """How books can begin."""

    SAMPLE = "sample"
    IMPORT = "import"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Start:
    """The choice; a fresh start brings its first account, in the books' currency."""

    beginning: Beginning
    today: date
    language: str
    account: NewAccount | None = None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A ledger; ``started_with`` is None until its owner has chosen."""

    id: int
    name: str
    base_currency: str
    started_with: Beginning | None
    version: int


@question("ledger.find", ledger=LedgerRole.VIEWER)
async def find_ledger(work: Work) -> LedgerView:
    """The ledger at work."""
    return _to_view(await _ledger(work))


@command("ledger.start_with", ledger=LedgerRole.OWNER, uses=("accounts",))
async def start_with(work: Work, start: Start) -> LedgerView:
    """Begins the books; default categories are planted where there are none.

    Raises:
        Conflict: they were begun before.
        InvalidInput: a fresh start without an account, or with an impossible one.
    """
    ledger = await _ledger(work)
    if ledger.started_with is not None:
        raise Conflict("These books have already begun.")
    if not await _has_categories(work):
        await plant_tree(
            work.session, ledger.id, language=start.language, today=start.today
        )
    if start.beginning is Beginning.SAMPLE:
        await add_sample(work, NewSample(start.today, start.language))
        ledger.base_currency = SAMPLE_CURRENCY
    elif start.beginning is Beginning.FRESH:
        if start.account is None:
            raise InvalidInput("Please describe your first account.", field="account")
        await open_account(work, start.account)
        ledger.base_currency = start.account.opening.currency
    ledger.started_with = start.beginning
    ledger.version += 1
    await work.session.flush()
    return _to_view(ledger)


def local_currency(language_tag: str, today: date) -> str:
    """The currency used where ``tr-TR``, ``de-CH`` or ``tr`` is spoken.

    A tag that names no country gives the one where most of its speakers live; one
    that cannot be read gives the euro.
    """
    try:
        locale = Locale.parse(language_tag.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return DEFAULT_CURRENCY
    likely = get_global("likely_subtags").get(locale.language, "")
    territory = locale.territory or likely.rpartition("_")[2]
    found = get_territory_currencies(territory, today, today) if territory else []
    return str(found[0]) if found else DEFAULT_CURRENCY


async def _ledger(work: Work) -> Ledger:
    return await work.session.get_one(Ledger, work.ledger_id)


async def _has_categories(work: Work) -> bool:
    found = await work.session.scalar(
        select(col(Account.id))
        .where(
            col(Account.ledger_id) == work.ledger_id,
            col(Account.kind).in_(CATEGORY_KINDS),
        )
        .limit(1)
    )
    return found is not None


def _to_view(ledger: Ledger) -> LedgerView:
    return LedgerView(
        id=ledger.id,
        name=ledger.name,
        base_currency=ledger.base_currency,
        started_with=Beginning(ledger.started_with) if ledger.started_with else None,
        version=ledger.version,
    )
