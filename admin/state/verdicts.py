"""How a verification of the trail ended, in words."""

from dataclasses import dataclass, replace
from datetime import datetime

from admin.state.health_rows import BREACH_ADVICE, LOSS_ADVICE, tell_loss
from fintrack.core.formatting import format_number
from fintrack.services.trail.verifying import Verdict
from fintrack.state.amounts import Reader


@dataclass(frozen=True)
class Ended:
    """The end of a verification; without a verdict it was stopped or it failed.

    ``is_noted`` is False where its beginning or its verdict could not be written into
    the trail.
    """

    at: datetime
    verdict: Verdict | None = None
    has_failed: bool = False
    is_noted: bool = True


@dataclass(frozen=True)
class Said:
    """What the page says at the end, and what to do; ``tone`` is that of a callout."""

    text: str
    advice: str = ""
    tone: str = ""


def tell_end(ended: Ended, reader: Reader) -> Said:
    """What came of a verification."""
    if ended.has_failed:
        return tell_failure(reader)
    said = tell_verdict(ended.verdict, reader)
    if ended.is_noted:
        return said
    unnoted = reader.say("The result could not be noted in the trail.")
    return replace(said, text=f"{said.text} {unnoted}")


def tell_verdict(verdict: Verdict | None, reader: Reader) -> Said:
    """How the verification ended; without a verdict somebody stopped it."""
    if verdict is None:
        return Said(reader.say("The verification was stopped. Nothing is proved."))
    lost = [tell_loss(loss, reader) for loss in verdict.losses]
    if verdict.breach is not None:
        problem = verdict.breach.problem
        broken = reader.say(problem.message, **dict(problem.values))
        return Said(" ".join((*lost, broken)), reader.say(BREACH_ADVICE), "danger")
    text = " ".join((*lost, _sound(verdict.rows, reader)))
    if lost:
        return Said(text, reader.say(LOSS_ADVICE), "warn")
    return Said(text, tone="accent")


def tell_failure(reader: Reader) -> Said:
    """What to do where the chain could not be read to its end."""
    return Said(
        reader.say("The trail could not be read to its end. Nothing is proved."),
        reader.say("See under Overview whether the log database answers."),
        "warn",
    )


def _sound(rows: int, reader: Reader) -> str:
    return reader.count(
        "The trail is sound: its one row is as it was written.",
        "The trail is sound: rows 1 to {rows} are as they were written.",
        rows,
        rows=format_number(rows, reader.language, decimals=0),
    )
