"""Adds the sample data to a ledger, as one import."""

from dataclasses import dataclass
from datetime import date, timedelta

from fintrack.core.actor import LedgerRole
from fintrack.core.entries import FAR_DAY, FIRST_DAY, LAST_DAY
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.models.imports import SAMPLE, ImportBatch
from fintrack.services.commands import Work, command
from fintrack.services.sample import removing, story
from fintrack.services.sample.places import open_places
from fintrack.services.sample.recurring import add_items
from fintrack.services.sample.templates import add_templates
from fintrack.services.sample.writing import write_events

_LONGEST = timedelta(days=31 * story.MONTHS)


@dataclass(frozen=True, slots=True)
class NewSample:
    """Sample data up to and with ``until``, in the words of ``language``.

    The same values always make the same data.
    """

    until: date
    language: str
    seed: int = 1


@dataclass(frozen=True, slots=True)
class SampleAdded:
    """How much was added, as an import of its own."""

    import_id: int
    first_day: date
    transactions: int
    accounts: int


@command("sample.add", ledger=LedgerRole.EDITOR)
async def add_sample(work: Work, new: NewSample) -> SampleAdded:
    """Adds eighteen months of sample data.

    Raises:
        Conflict: it is there already.
        InvalidInput: an impossible day.
    """
    if not FIRST_DAY + _LONGEST <= new.until < LAST_DAY:
        raise InvalidInput(FAR_DAY, field="until")
    if await removing.find_batch(work) is not None:
        raise Conflict("The sample data is already there.")
    events = story.tell(new.until, new.seed)
    places = await open_places(
        work, story.categories_of(events), until=new.until, language=new.language
    )
    batch = await _add_batch(work, len(events), places.made)
    await write_events(
        work,
        events,
        places.ids,
        import_id=batch.id,
        until=new.until,
        language=new.language,
    )
    await add_items(
        work,
        places.ids,
        import_id=batch.id,
        until=new.until,
        language=new.language,
    )
    await add_templates(work, places.ids, import_id=batch.id, language=new.language)
    return SampleAdded(
        import_id=batch.id,
        first_day=story.first_day(new.until),
        transactions=len(events),
        accounts=len(story.ACCOUNTS),
    )


async def _add_batch(
    work: Work, transactions: int, made: tuple[int, ...]
) -> ImportBatch:
    batch = ImportBatch(
        ledger_id=work.ledger_id,
        source=SAMPLE,
        filename="",
        rows_added=transactions,
        rows_skipped=0,
        accounts_made=list(made),
        created_at=work.now,
    )
    work.session.add(batch)
    await work.session.flush()
    return batch
