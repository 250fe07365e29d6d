"""What a select offers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One line of a select."""

    value: str
    label: str
