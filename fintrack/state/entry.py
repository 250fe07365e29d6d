"""The doors of somebody who is not in yet: setup, sign-in, registration, enrolling."""

import reflex as rx
from reflex.istate.data import RouterData

from fintrack.core import routes
from fintrack.core.actor import ANONYMOUS
from fintrack.core.local_path import read_local_path
from fintrack.core.this_machine import is_near
from fintrack.services import database
from fintrack.services.commands import ask
from fintrack.services.first_run import local_currency
from fintrack.services.setup import is_open
from fintrack.state.access import public
from fintrack.state.session import SessionState


class _House:
    """What the wiring says of this installation."""

    is_announced: bool = False
    registration_is_open: bool = True


class EntryState(rx.State):
    """Sends everybody to the door that is open for them."""

    is_ready: bool = False
    needs_code: bool = False
    takes_people: bool = False
    base_currency: str = "EUR"

    @rx.event
    @public
    async def open_setup(self) -> rx.event.EventSpec | None:
        """Shows the setup while nobody is here; afterwards the sign-in."""
        if not await ask(ANONYMOUS, is_open):
            return rx.redirect(routes.SIGN_IN, replace=True)
        self.needs_code = _House.is_announced or not _is_near(self.router)
        self.base_currency = _currency(self.router)
        self.is_ready = True
        return None

    @rx.event
    @public
    async def open_sign_in(self) -> rx.event.EventSpec | None:
        """Goes on where sign-in is not the step: to the setup, or to what was asked.

        A tab whose cookie was renewed in another tab comes by here.
        """
        session = await self.get_state(SessionState)
        if session.is_signed_in:
            return _go_on(self.router)
        if await ask(ANONYMOUS, is_open):
            return rx.redirect(routes.SETUP, replace=True)
        self.takes_people = _House.registration_is_open
        self.base_currency = _currency(self.router)
        self.is_ready = True
        return None

    @rx.event
    @public
    async def open_enrolment(self) -> rx.event.EventSpec | None:
        """Stays with who must set up a second factor first; others go on."""
        session = await self.get_state(SessionState)
        if not session.is_signed_in:
            return rx.redirect(routes.SIGN_IN, replace=True)
        if not session.lacks_factor:
            return _go_on(self.router)
        self.is_ready = True
        return None


def install(*, is_announced: bool, registration_is_open: bool = True) -> None:
    """Tells who may come in.

    Where others reach this house, everybody is asked for the code of the setup.
    """
    _House.is_announced = is_announced
    _House.registration_is_open = registration_is_open


def _go_on(router: RouterData) -> rx.event.EventSpec:
    """To the page that was asked for before."""
    asked = router.url.query_parameters.get("next", routes.DASHBOARD)
    return rx.redirect(read_local_path(asked), replace=True)


def _currency(router: RouterData) -> str:
    """The currency of where the browser's first language is spoken."""
    first = router.headers.accept_language[:100].partition(",")[0]
    tag = first.partition(";")[0].strip()
    return local_currency(tag, database.current().clock().date())


def _is_near(router: RouterData) -> bool:
    """Only for what the form shows: the API decides by itself whom it asks."""
    headers = {name.lower(): text for name, text in router.headers.raw_headers.items()}
    return is_near(headers, router.session.client_ip)
