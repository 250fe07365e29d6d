"""Whoever is not staff meets the staff area as if it were not there."""

from typing import Any

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

from admin.frame import PLACES
from admin.pages import jobs, overview
from admin.state.jobs import JobsState
from fintrack.core.actor import Role
from fintrack.services.database import Database
from fintrack.state.access import NOBODY, PEOPLE, STAFF_PACKAGE
from fintrack.state.guard import access_of
from tests.api.conftest import sign_in
from tests.books import Books, make_person
from tests.state.conftest import Tab, tab

__all__ = ["jobs", "overview", "tab"]
REACHED: list[str] = []


class UnmarkedState(rx.State):
    """A page whose author forgot the mark."""

    @rx.event
    async def load(self) -> None:
        REACHED.append("load")


async def _sign_in(home: Database, tab: Tab, role: Role) -> Books:
    person = await make_person(home, "eve@example.org", role)
    await (await sign_in(lambda *_: None, person, "eve")).aclose()  # pyright: ignore[reportArgumentType] - no request is sent
    tab.cookie = "fintrack=eve"
    return person


def _staff_handlers() -> dict[str, Any]:
    return {
        name: found
        for name, found in RegistrationContext.get().event_handlers.items()
        if found.states[0].__module__.startswith(f"{STAFF_PACKAGE}.")
        and not name.endswith(".setvar")
    }


def test_each_handler_names_roles_and_none_is_for_users() -> None:
    found = {
        name: access_of(handler, name.rpartition(".")[2])
        for name, handler in _staff_handlers().items()
    }
    assert found
    assert [name for name, roles in found.items() if roles in (NOBODY, PEOPLE)] == []
    assert [name for name, roles in found.items() if Role.USER in roles] == []


async def test_unmarked_handler_refuses_even_admins(
    home: Database, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _sign_in(home, tab, Role.ADMIN)
    await tab.send(UnmarkedState.load)
    assert REACHED == ["load"]
    monkeypatch.setattr(UnmarkedState, "__module__", "admin.state.unmarked")
    await tab.send(UnmarkedState.load)
    assert REACHED == ["load"]


@pytest.mark.parametrize("role", [Role.USER, Role.ANALYST, Role.OPERATOR])
async def test_event_of_others_gets_no_answer(
    home: Database, tab: Tab, role: Role
) -> None:
    person = await _sign_in(home, tab, role)
    tab.deltas.clear()
    await tab.send(JobsState.load)
    assert "mail.send" not in tab.shown
    assert "ready" not in tab.shown
    assert tab.scripts == []
    await tab.turned_away.tell()
    (refused,) = await person.rows(
        "SELECT kind FROM security_event WHERE kind = :k", k="refused"
    )
    assert refused.kind == "refused"


async def test_stranger_is_not_sent_to_sign_in_as_if_there_were_something(
    tab: Tab,
) -> None:
    await tab.send(JobsState.load)
    assert tab.scripts == []


def test_no_place_is_for_users() -> None:
    assert all(Role.USER not in place.roles for place in PLACES)
