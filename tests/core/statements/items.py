"""Short names for what a reader of a format gives."""

from collections.abc import Iterable

from fintrack.core.statements.entries import Aside, Entry, Item, Stated


def entries(items: Iterable[Item]) -> list[Entry]:
    return [item for item in items if isinstance(item, Entry)]


def asides(items: Iterable[Item]) -> list[str]:
    return [i.reason.message for i in items if isinstance(i, Aside)]


def stated(items: Iterable[Item]) -> list[tuple[str, str, bool]]:
    return [(i.part, i.amount, i.is_opening) for i in items if isinstance(i, Stated)]
