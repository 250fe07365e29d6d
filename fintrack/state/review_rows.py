"""The groups of the inbox as rows, in the words of one reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fintrack.core import routes
from fintrack.services.review.inbox import Group
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.rows import Amount
from fintrack.state.transaction_filters import ALL, NO_CATEGORY


@dataclass(frozen=True)
class CategoryKey:
    """A suggested category and the key that chooses it."""

    id: str
    name: str
    number: str
    is_learned: bool = False


@dataclass(frozen=True)
class GroupRow:
    """Open transactions of one payee."""

    id: str
    place: str
    kind: str
    name: str
    detail: str
    why: str
    sums: list[Amount] = field(default_factory=list)
    choices: list[CategoryKey] = field(default_factory=list)
    href: str = ""


def group_rows(groups: Sequence[Group], reader: Reader) -> list[GroupRow]:
    """The groups in their order."""
    return [_row(group, place, reader) for place, group in enumerate(groups)]


def _row(group: Group, place: int, reader: Reader) -> GroupRow:
    count = reader.count("{n} transaction", "{n} transactions", group.count)
    learned = any(one.is_learned for one in group.suggestions)
    return GroupRow(
        id=f"group-{place}",
        place=group.place,
        kind=group.kind,
        name=group.name or reader.say("No payee"),
        detail=reader.say(
            "{count}, last {day}", count=count, day=reader.day(group.newest)
        ),
        why=reader.say("The first is what you chose last time.") if learned else "",
        sums=[
            amount_row(
                money,
                reader.language,
                tone="in" if money.minor > 0 else "",
                plus=money.minor > 0,
            )
            for money in group.sums
        ],
        choices=[
            CategoryKey(str(one.category_id), one.name, str(number), one.is_learned)
            for number, one in enumerate(group.suggestions, start=1)
        ],
        href=routes.transactions(q=group.name, category=NO_CATEGORY, period=ALL),
    )
