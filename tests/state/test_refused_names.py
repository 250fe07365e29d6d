"""What was refused has a name: of a command, a page or an area."""

import re

import pytest
from reflex_base.registry import RegistrationContext

from admin.pages import jobs, mail, overview, person, rates, trail, users
from fintrack.core.actor import Role
from fintrack.services.commands import registry
from fintrack.state.amounts import Reader
from fintrack.state.refused_names import AREAS, name_refused
from tests.api.test_registry import verbs

__all__ = ["jobs", "mail", "overview", "person", "rates", "trail", "users"]


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ("account.open", "Refused: Account opened"),
        ("transaction.list", "Refused: Transactions"),
        ("staff.health", "Refused: Staff area"),
        (
            "account.open, account.list, rate.list, rates.x, …",
            "Refused: Account opened, Accounts, Rates, …",
        ),
        ("of a former version", "Refused: of a former version"),
    ],
)
def test_command_or_area_is_named(refused: str, said: str) -> None:
    assert name_refused(refused, Reader()) == said


def test_each_handler_of_the_staff_names_its_page() -> None:
    handlers = [
        name
        for name, found in RegistrationContext.get().event_handlers.items()
        if found.states[0].__module__.startswith("admin.state.")
    ]
    said = {name_refused(name, Reader()) for name in handlers}
    pages = ("Jobs", "Mail", "Overview", "Person", "Rates", "Trail", "Users")
    assert said == {f"Refused: page of the staff “{page}”" for page in pages}


def test_each_question_that_can_be_refused_has_an_area() -> None:
    assert verbs()
    asked = {
        name.partition(".")[0]
        for name, spec in registry().items()
        if not spec.changes
        and (spec.access.ledger or not spec.access.roles >= {Role.USER})
        and spec.access.roles - {Role.SYSTEM, Role.ANONYMOUS}
    }
    assert {one for one in asked - AREAS.keys() if not re.match("test", one)} == set()
