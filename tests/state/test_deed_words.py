"""What an event says beside its name, for each kind that says more."""

import pytest

from fintrack.core.actor import Role
from fintrack.state.amounts import Reader
from fintrack.state.choices import ROLE_NAMES
from fintrack.state.deed_words import add_words

FOUND = '["Row {row} was changed.", {"row": "300"}]'
LEAD = {"department": "Desk", "position": "Lead"}
NONE = {"department": "", "position": ""}
DESK_BEFORE = {"department_before": "Desk", "position_before": "Agent"}
NONE_BEFORE = {"department_before": "", "position_before": ""}


@pytest.mark.parametrize(
    ("what", "words", "said"),
    [
        ("role-changed", {"before": "user", "after": "support"}, "User → Support"),
        ("role-changed", {}, ""),
        ("post-changed", {"department": "Desk", "position": "Lead"}, "Desk, Lead"),
        ("post-changed", {"department": "", "position": "Lead"}, "Lead"),
        ("post-changed", {**LEAD, **DESK_BEFORE}, "Desk, Agent → Desk, Lead"),
        ("post-changed", {**LEAD, **NONE_BEFORE}, "none → Desk, Lead"),
        ("post-changed", {**NONE, **DESK_BEFORE}, "Desk, Agent → none"),
        ("people-searched", {"words": "ada love"}, "“ada love”"),
        ("people-searched", {"words": ""}, ""),
        ("trail-searched", {}, ""),
        (
            "trail-searched",
            {
                "kind": "refused",
                "since": "2026-03-05T21:00:00+00:00",
                "until": "2026-03-06T21:00:00+00:00",
            },
            "Refusals, from Thu, Mar 5, 21:00, before Fri, Mar 6, 21:00",
        ),
        ("trail-verified", {"rows": "1234", "bad_row": ""}, "1,234 rows are sound"),
        ("trail-verified", {"rows": "1", "bad_row": ""}, "one row is sound"),
        (
            "trail-verified",
            {"rows": "299", "bad_row": "300", "finding": FOUND},
            "Row 300 was changed.",
        ),
        ("sign-in", {"words": "of something else"}, ""),
    ],
)
def test_words_stand_behind_the_name(
    what: str, words: dict[str, str], said: str
) -> None:
    told = add_words("Deed", what, words, Reader())
    assert told == (f"Deed: {said}" if said else "Deed")


def test_each_role_of_a_person_has_a_name() -> None:
    assert set(Role) - ROLE_NAMES.keys() == {Role.ANONYMOUS, Role.SYSTEM}
