"""What a person agrees to, by the version of each text.

The texts stand on the pages ``terms`` and ``register``; one that changes gets a new
version, and the history of its page shows to what somebody said yes.
"""

from dataclasses import dataclass

from fintrack.core.errors import Problem
from fintrack.core.text import message_id

TERMS = "terms"
AGE = "age"
TERMS_VERSION = "2026-11"
AGE_VERSION = "2026-11"
CURRENT = {TERMS: TERMS_VERSION, AGE: AGE_VERSION}
CHANGED = message_id("The terms have changed. Please read them again.")


@dataclass(frozen=True, slots=True)
class Consents:
    """What the form says: the version of the terms that was shown, and both ticks."""

    terms_version: str
    agrees_to_terms: bool
    is_of_age: bool


def find_problems(given: Consents) -> list[Problem]:
    """What is missing, each on its field."""
    problems: list[Problem] = []
    if given.terms_version != TERMS_VERSION:
        problems.append(Problem(CHANGED, "agrees_to_terms"))
    elif not given.agrees_to_terms:
        needed = message_id("Without this there can be no account.")
        problems.append(Problem(needed, "agrees_to_terms"))
    if not given.is_of_age:
        too_young = message_id("FinTrack is for people of 18 or older.")
        problems.append(Problem(too_young, "is_of_age"))
    return problems
