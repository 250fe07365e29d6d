"""Reads a preview for the import page, and cuts its file anew."""

from dataclasses import dataclass

from fintrack.core.actor import Actor
from fintrack.core.errors import InvalidInput
from fintrack.core.statements.mapping import Mapping
from fintrack.services.commands import perform
from fintrack.services.imports.judging import Status
from fintrack.services.imports.previews import (
    PreviewChange,
    PreviewHead,
    change_preview,
)
from fintrack.services.imports.survey import PreviewView, read_preview, try_mapping
from fintrack.services.imports.turns import ask_in_turn
from fintrack.state import import_reading as reading


@dataclass(frozen=True, slots=True)
class Look:
    """A preview; ``view`` is None where the mapping cannot read the file."""

    head: PreviewHead
    view: PreviewView | None
    refusal: InvalidInput | None = None

    @property
    def sample(self) -> tuple[str, ...]:
        """The fullest record of the page, to show what the columns hold."""
        rows = self.view.rows if self.view else ()
        return max((row.raw for row in rows), key=_filled, default=())


async def look_at(
    actor: Actor, preview_id: int, *, after: int = 0, only: Status | None = None
) -> Look:
    """The preview as it stands.

    Raises:
        FinTrackError: not a preview of this person, or it has expired.
    """
    try:
        view = await ask_in_turn(
            actor, read_preview, preview_id, after=after, only=only
        )
    except InvalidInput as refusal:
        same = await perform(actor, change_preview, PreviewChange(preview_id))
        return Look(same.value, None, refusal)
    return Look(view.head, view)


async def recut(actor: Actor, preview_id: int, now: Mapping) -> None:
    """Reads the file with another cut and finds its columns again.

    Raises:
        FinTrackError: others are before it, no columns are found, or the reading broke
            off; the preview is as it was, with its decisions.
    """
    records = await ask_in_turn(actor, try_mapping, preview_id, reading.probe_of(now))
    found = reading.with_columns(now, records)
    await perform(actor, change_preview, PreviewChange(preview_id, found))


def _filled(record: tuple[str, ...]) -> int:
    return sum(bool(cell.strip()) for cell in record)
