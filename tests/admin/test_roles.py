"""Role by role, each handler of the staff area: whom the guard lets through."""

from typing import Any

import pytest
from reflex_base.registry import RegistrationContext

from admin.frame import PLACES
from admin.pages import jobs, mail, overview, person, rates, trail, users
from fintrack.core.actor import STAFF, Role
from fintrack.services.database import Database
from fintrack.state.access import STAFF_PACKAGE
from fintrack.state.guard import access_of
from fintrack.state.payloads import parameters_of
from tests.api.conftest import sign_in
from tests.books import make_person
from tests.state.conftest import Tab, tab

__all__ = ["jobs", "mail", "overview", "person", "rates", "tab", "trail", "users"]
# Who may do what, in one place for a reviewer; a new handler without a line fails.
ADMIN, PEOPLE, ALL = {Role.ADMIN}, {Role.ADMIN, Role.SUPPORT}, set(STAFF)
MAY: dict[str, set[Role]] = {
    "OverviewState.load": ALL,
    "OverviewState.mend": ADMIN,
    "UsersState.load": PEOPLE,
    "UsersState.read_again": PEOPLE,
    "UsersState.search": PEOPLE,
    "UsersState.show_older": PEOPLE,
    "PersonState.load": PEOPLE,
    "PersonState.choose_role": ADMIN,
    "PersonState.look_again": ADMIN,
    "JobsState.load": ADMIN,
    "JobsState.choose": ADMIN,
    "JobsState.run": ADMIN,
    "JobsState.show_older": ADMIN,
    "MailState.load": ADMIN,
    "MailState.choose": ADMIN,
    "MailState.retry": ADMIN,
    "MailState.show_older": ADMIN,
    **dict.fromkeys(
        (
            *("RatesState.load", "RatesState.fetch", "RatesState.fetch_all"),
            *("RatesState.ask", "RatesState.set_asking", "RatesState.decide"),
            *("RatesState.fill", "RatesState.stop", "RatesState.look"),
        ),
        ADMIN,
    ),
    "StaffTrailState.load": ADMIN,
    "StaffTrailState.read_again": ADMIN,
    "StaffTrailState.search": ADMIN,
    "StaffTrailState.show_older": ADMIN,
    "VerifyingState.verify": ADMIN,
    "VerifyingState.stop": ADMIN,
}
PAGES: dict[str, set[Role]] = {
    "/admin": ALL,
    "/admin/users": PEOPLE,
    "/admin/jobs": ADMIN,
    "/admin/mail": ADMIN,
    "/admin/rates": ADMIN,
    "/admin/trail": ADMIN,
}
PEOPLES_ROLES = sorted(STAFF | {Role.USER})


def _handlers() -> dict[str, tuple[str, Any]]:
    """``State.method`` with the name of its event."""
    return {
        f"{found.states[0].__name__}.{name.rpartition('.')[2]}": (name, found)
        for name, found in RegistrationContext.get().event_handlers.items()
        if found.states[0].__module__.startswith(f"{STAFF_PACKAGE}.")
        and not name.endswith(".setvar")
        and not found.states[0].__name__.startswith("Unmarked")
    }


def test_each_handler_has_a_line() -> None:
    assert _handlers().keys() == MAY.keys()


def test_marks_are_as_the_lines_say() -> None:
    found = {
        short: set(access_of(handler, name.rpartition(".")[2]))
        for short, (name, handler) in _handlers().items()
    }
    assert found == MAY


def test_each_place_is_shown_to_whom_the_line_names() -> None:
    assert {place.route: set(place.roles) for place in PLACES} == PAGES


@pytest.mark.parametrize("role", PEOPLES_ROLES)
async def test_guard_refuses_all_that_a_role_may_not(
    home: Database, tab: Tab, role: Role
) -> None:
    """Who is refused learns nothing: no row, no script, and the try is kept."""
    somebody = await make_person(home, "eve@example.org", role)
    await (await sign_in(lambda *_: None, somebody, "eve")).aclose()  # pyright: ignore[reportArgumentType] - no request is sent
    tab.cookie = "fintrack=eve"
    refused = sorted(name for name, roles in MAY.items() if role not in roles)
    for short in refused:
        name, handler = _handlers()[short]
        tab.deltas.clear()
        await tab.send(name, **_payload(handler.handler.fn))
        assert "ready" not in tab.shown, short
        assert "example.org" not in tab.shown, short
        assert tab.scripts == [], short
    await tab.turned_away.tell()
    kept = await somebody.rows(
        "SELECT id FROM security_event WHERE kind = 'refused' AND person_id = :id",
        id=somebody.actor.person_id,
    )
    assert len(kept) == len(refused)


def _payload(handler: Any) -> dict[str, Any]:
    samples: dict[Any, Any] = {str: "1", bool: True}
    return {
        name: samples.get(annotation, {})
        for name, annotation in parameters_of(handler).items()
    }
