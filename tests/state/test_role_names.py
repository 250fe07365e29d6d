"""Each role of a person has a name."""

from fintrack.core.actor import Role
from fintrack.state.role_names import ROLE_NAMES


def test_each_role_of_a_person_has_a_name() -> None:
    assert set(Role) - ROLE_NAMES.keys() == {Role.ANONYMOUS, Role.SYSTEM}
