"""What comes again in the sample story, from the day after its last one on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fintrack.core.money import Money
from fintrack.core.recurrence import Pattern, Rule, Shift
from fintrack.core.text import translate
from fintrack.models.recurring import RecurringItem
from fintrack.services.commands import Work
from fintrack.services.recurring.item_rows import NewItem, columns_of
from fintrack.services.sample import story


@dataclass(frozen=True, slots=True)
class SampleItem:
    """A bill, an income or a transfer; its words and places are message ids."""

    name: str
    account: str
    other: str
    minor: int
    day: int
    every: int = 1
    is_automatic: bool = True
    shift: Shift = Shift.NONE


# The others of the story are left to be found.
ITEMS: Final = (
    SampleItem(story.LANDLORD, story.EVERYDAY, "Rent or mortgage", -1_080_00, 1),
    SampleItem(
        story.EMPLOYER,
        story.EVERYDAY,
        "Salary",
        3_290_00,
        25,
        is_automatic=False,
        shift=Shift.BEFORE,
    ),
    SampleItem(story.PHONE, story.EVERYDAY, "Internet and phone", -39_90, 15),
    SampleItem(
        story.INSURER, story.EVERYDAY, "Insurance", -164_00, 3, 3, is_automatic=False
    ),
    SampleItem(story.PUT_ASIDE, story.EVERYDAY, story.SAVINGS, -300_00, 27),
)


async def add_items(
    work: Work,
    ids: Mapping[str, int],
    *,
    import_id: int,
    until: date,
    language: str,
) -> None:
    """Adds the items; ``ids`` has each place by its message id."""
    after = until + timedelta(days=1)
    for one in ITEMS:
        new = NewItem(
            name=translate(one.name, language),
            account_id=ids[one.account],
            other_id=ids[one.other],
            amount=Money(one.minor, "EUR"),
            rule=Rule(
                Pattern.MONTH_DAY, after, one.every, day=one.day, shift=one.shift
            ),
            is_automatic=one.is_automatic,
        )
        work.session.add(
            RecurringItem(
                ledger_id=work.ledger_id,
                counts_from=after,
                import_id=import_id,
                created_at=work.now,
                **columns_of(new),
            )
        )
    await work.session.flush()
