"""What two tabs wrote about one item, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from fintrack.core.errors import InvalidInput
from fintrack.core.text import message_id
from fintrack.state.amounts import Reader
from fintrack.state.change_rows import VALUES, WORDS
from fintrack.state.forms import read_day
from fintrack.state.ledger_choices import Choice, label_of
from fintrack.state.recurring_draft import ItemDraft
from fintrack.state.rows import Difference

_LABELS = {
    **WORDS,
    "kind": message_id("Kind"),
    "other": message_id("Category or account"),
}
_KINDS = {
    "out": message_id("Expense"),
    "in": message_id("Income"),
    "move": message_id("Transfer"),
}
_OURS = {**VALUES, "kind": _KINDS}
_PLACES = frozenset({"account", "other"})
_DAYS = frozenset({"starts_on", "ends_on"})


@dataclass(frozen=True, slots=True)
class _Telling:
    """For whom, with the names of what the form offers."""

    reader: Reader
    offered: tuple[Choice, ...]

    def text(self, name: str, value: str | bool) -> str:
        say = self.reader.say
        if isinstance(value, bool):
            return say(message_id("Yes") if value else message_id("No"))
        if name in _PLACES:
            return label_of(self.offered, value)
        if value in _OURS.get(name, {}):
            return say(_OURS[name][value])
        return self._day(value) if name in _DAYS else value

    def _day(self, value: str) -> str:
        try:
            return self.reader.day(read_day(value))
        except InvalidInput:
            return value


def differences_of(
    mine: ItemDraft, theirs: ItemDraft, offered: Iterable[Choice], reader: Reader
) -> list[Difference]:
    """The fields in which they differ, in the order of the form."""
    telling = _Telling(reader, tuple(offered))
    return [
        Difference(
            reader.say(_LABELS[name]),
            telling.text(name, getattr(mine, name)),
            telling.text(name, getattr(theirs, name)),
        )
        for name in (field.name for field in fields(ItemDraft))
        if name != "id" and getattr(mine, name) != getattr(theirs, name)
    ]
