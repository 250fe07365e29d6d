"""A part of the house as a row: well, worth a look, or a fault to act on now."""

from dataclasses import dataclass

from fintrack.state.amounts import Reader


@dataclass(frozen=True)
class PartRow:
    """A part of the house; ``fix`` says what to do and is empty without a fault.

    ``remedy`` names what a button does about it, with ``label`` upon it; ``url`` is
    where it is sent instead if it asks for a fresh proof. All are empty where only a
    person at the machine can help.
    """

    name: str
    says: str
    fix: str = ""
    tone: str = "income"
    standing: str = ""
    remedy: str = ""
    label: str = ""
    url: str = ""


def well(name: str, says: str, reader: Reader) -> PartRow:
    """Nothing to do."""
    return PartRow(name, says, standing=reader.say("Well"))


def poor(
    name: str, says: str, fix: str, reader: Reader, remedy: tuple[str, str] = ("", "")
) -> PartRow:
    """A fault that harms nobody yet; ``remedy`` is that of the row and its label."""
    return PartRow(name, says, fix, "warn", reader.say("Look soon"), *remedy)


def bad(
    name: str, says: str, fix: str, reader: Reader, remedy: tuple[str, str] = ("", "")
) -> PartRow:
    """A fault that harms somebody."""
    return PartRow(name, says, fix, "danger", reader.say("Act now"), *remedy)
