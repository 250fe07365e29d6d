"""Which deeds an event tells, so that no change set need tell them a second time."""

from collections.abc import Mapping

from fintrack.core.actor import Role
from fintrack.services.commands import registry

# An event of each says the same, and from where; so does that of a staff deed.
TOLD_BY_EVENT = frozenset(
    {
        "email.finish",
        "factor.confirm",
        "factor.renew_codes",
        "factor.switch_off",
        "person.change_password",
        "program.end",
        "program.start",
        "reset.finish",
        "session.end",
        "session.end_one",
        "session.end_others",
        "session.finish",
        "session.prove",
        "session.start",
        # It only counts a try; what became of that is told.
        "session.try",
        "transaction.note_export",
    }
)
# What an event says of itself beside its name. Nothing else of it is read: no figure,
# account or payee of anybody.
WORDS = frozenset(
    {
        *("before", "after", "department", "position"),
        *("department_before", "position_before"),
        *("words", "kind", "since", "until"),
        *("rows", "bad_row", "finding", "times", "commands"),
    }
)


def is_for_strangers(command: str) -> bool:
    """Whether somebody who is not signed in gives this command."""
    spec = registry().get(command)
    return spec is not None and Role.ANONYMOUS in spec.access.roles


def words_of(detail: Mapping[str, str]) -> Mapping[str, str]:
    """What an event says of itself, for its readers."""
    return {name: said for name, said in detail.items() if name in WORDS}
