"""What a person agrees to when they register: the texts, each with its version.

A text that changes gets a new version; the old one stays in the history of this file,
so that it can be shown to what somebody said yes.
"""

from dataclasses import dataclass

from fintrack.core.errors import Problem
from fintrack.core.text import message_id

TERMS = "terms"
AGE = "age"
TERMS_VERSION = "2026-11"
AGE_VERSION = "2026-11"
AGE_STATEMENT = message_id("I am 18 or older.")
TERMS_STATEMENT = message_id("I have read the terms and agree to them.")
TERMS_PARAGRAPHS = (
    message_id(
        "Whoever runs this FinTrack keeps your books and answers for them. They can "
        "tell you where the machine stands and who looks after it."
    ),
    message_id(
        "FinTrack keeps what you enter, your name, your e-mail address, and from which "
        "addresses and devices you signed in. It sends nothing of it to anyone, shows "
        "no adverts and follows nobody."
    ),
    message_id(
        "Nobody else sees your books, the staff neither, unless you allow it for a "
        "limited time."
    ),
    message_id(
        "FinTrack does sums with what you enter. It gives no advice on investments, "
        "taxes or law, and what it shows is no statement of a bank."
    ),
    message_id(
        "You keep your password to yourself, enter only what is yours to enter, and do "
        "not try to reach the books of others."
    ),
)


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
        changed = message_id("The terms have changed. Please read them again.")
        problems.append(Problem(changed, "agrees_to_terms"))
    elif not given.agrees_to_terms:
        needed = message_id("Without this there can be no account.")
        problems.append(Problem(needed, "agrees_to_terms"))
    if not given.is_of_age:
        too_young = message_id("FinTrack is for people of 18 or older.")
        problems.append(Problem(too_young, "is_of_age"))
    return problems
