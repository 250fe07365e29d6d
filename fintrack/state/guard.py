"""The default-deny middleware: no event reaches a handler that it has not passed.

Every public method of a state can be called by anybody with anything. Before each
event the guard reads the cookie of the socket's handshake, binds the state to that
session, and checks the handler's mark and the payload. Services check again.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import reflex as rx
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegisteredEventHandler, RegistrationContext

from fintrack.core import routes
from fintrack.core.actor import STAFF, Role, Where
from fintrack.core.errors import (
    FinTrackError,
    NotAllowed,
    TooManyRequests,
    Unavailable,
)
from fintrack.core.rate_limits import Kind
from fintrack.core.request_id import begin_request
from fintrack.core.saying import say
from fintrack.core.session_cookie import read_token
from fintrack.core.trusted_proxies import TrustedProxies
from fintrack.services.rate_limiter import RateLimiter
from fintrack.services.refusals import note_refusal
from fintrack.services.session_directory import SessionDirectory
from fintrack.services.sessions import SessionView, hash_token
from fintrack.services.turned_away import Turned, TurnedAway
from fintrack.state.access import EVERYBODY, NOBODY, is_hidden, roles_of
from fintrack.state.payloads import WrongPayload, check_payload
from fintrack.state.session import Bound, bind, language_of

if TYPE_CHECKING:
    from reflex.app import App

REFLEX = "reflex.state"
# What Reflex itself sends; none of it reaches data that the page does not have.
INTERNAL = frozenset(
    {
        "hydrate",
        "hydrate_and_load",
        "on_load_internal",
        "set_is_hydrated",
        "update_vars_internal",
        "handle_frontend_exception",
    }
)
# Sets any variable that has a setter, whatever the marks say.
SETVAR = "setvar"
# A full load: an answer without one would leave the rows of before on the screen.
TO_SIGN_IN = (
    "sessionStorage.clear();window.location.assign('/signin?next='"
    "+encodeURIComponent(location.pathname+location.search))"
)
TO_ENROL = (
    f"sessionStorage.clear();window.location.assign('{routes.ENROL}?next='"
    "+encodeURIComponent(location.pathname+location.search))"
)
RELOAD = "sessionStorage.clear();window.location.reload()"
# A code that was mailed to this person is still typed in this tab: ``mailed_code.jsx``.
RENEW = (
    "for(const key of Object.keys(sessionStorage))"
    "if(!key.startsWith('fintrack.flow '))sessionStorage.removeItem(key);"
    "window.location.reload()"
)
AFRESH = {
    Bound.RENEWED: RENEW,
    Bound.SOMEBODY_ELSE: RELOAD,
    Bound.NOBODY: TO_SIGN_IN,
}
NOTICE = "fintrack:notice"

_log = logging.getLogger(__name__)


class Guard(rx.Middleware):
    """Give it to ``app.add_middleware`` first and alone."""

    def __init__(
        self,
        directory: SessionDirectory,
        limiter: RateLimiter,
        proxies: TrustedProxies,
        turned_away: TurnedAway,
    ) -> None:
        self._directory = directory
        self._limiter = limiter
        self._proxies = proxies
        self._turned_away = turned_away

    async def preprocess(
        self,
        app: "App",
        state: BaseState,
        event: Event,
    ) -> StateUpdate | None:
        """Lets the event pass (None), or answers in its handler's place."""
        del app
        begin_request()
        registered = RegistrationContext.get().event_handlers[event.name]
        where, person_id = self._where(state), None
        try:
            await self._limiter.check(Kind.EVENT, address=where.address)
            view, token = await self._find_session(state)
            if view is not None:
                person_id = view.person_id
                await self._limiter.check(Kind.EVENT, account=str(person_id))
        except (TooManyRequests, Unavailable) as refusal:
            if isinstance(refusal, TooManyRequests):
                self._turned_away.note(Turned.FLOOD, where, event.name, person_id)
            return _say(refusal, await language_of(state))
        bound = await bind(state, view, hash_token(token), where)
        if _is_internal(registered, event):
            return _check(registered, event, is_internal=True)
        if bound is not Bound.AS_BEFORE:
            return _navigate(AFRESH[bound])
        return await _decide(registered, event, view, where)

    def _where(self, state: BaseState) -> Where:
        """Reflex gives the peer itself, because ``rxconfig`` trusts no proxy."""
        peer, headers = state.router.session.client_ip, state.router.headers.raw_headers
        address = self._proxies.find_client(peer, headers.get("x-forwarded-for", ""))
        return Where(address, headers.get("user-agent", ""))

    async def _find_session(self, state: BaseState) -> tuple[SessionView | None, str]:
        headers = state.router.headers
        https = headers.origin.startswith("https://")
        token = read_token(headers.cookie, https=https)
        return await self._directory.find(token), token


def access_of(registered: RegisteredEventHandler, name: str) -> frozenset[Role]:
    """Who may call a handler; the inventory of the tests lists the same."""
    if name == SETVAR:
        return NOBODY
    module = registered.states[0].__module__
    if module == REFLEX:
        return EVERYBODY if name in INTERNAL else NOBODY
    return roles_of(registered.handler.fn, module)


async def _decide(
    registered: RegisteredEventHandler,
    event: Event,
    view: SessionView | None,
    where: Where,
) -> StateUpdate | None:
    method = event.name.rpartition(".")[2]
    roles = access_of(registered, method)
    role = Role.ANONYMOUS if view is None else view.role
    if role not in roles:
        if view is not None:
            actor = replace(view.actor, where=where)
            await note_refusal(
                actor, event.name, NotAllowed(), is_for_staff=roles <= STAFF
            )
            return StateUpdate()
        signs_in = _signs_in(registered, roles)
        return _navigate(TO_SIGN_IN) if signs_in else StateUpdate()
    if view is not None and view.lacks_factor and Role.ANONYMOUS not in roles:
        # Until then they may do what strangers may; the rest is REST's.
        return _navigate(TO_ENROL)
    return _check(registered, event)


def _check(
    registered: RegisteredEventHandler, event: Event, *, is_internal: bool = False
) -> StateUpdate | None:
    try:
        check_payload(registered.handler.fn, event.payload, is_internal=is_internal)
        if is_internal:
            _check_stored(event.payload)
    except WrongPayload as finding:
        _log.warning("An event for %s was refused: %s", event.name, finding)
        return StateUpdate()
    return None


def _check_stored(payload: Mapping[str, Any]) -> None:
    """No state keeps anything in the browser, and Reflex raises for unknown names."""
    if payload.get("vars"):
        raise WrongPayload("variables of the browser's storage")


def _signs_in(registered: RegisteredEventHandler, roles: frozenset[Role]) -> bool:
    return bool(roles) and not is_hidden(registered.states[0].__module__)


def _is_internal(registered: RegisteredEventHandler, event: Event) -> bool:
    """By the exact module: every dynamic component lives below ``reflex.`` too."""
    method = event.name.rpartition(".")[2]
    return registered.states[0].__module__ == REFLEX and method in INTERNAL


def _say(refusal: FinTrackError, language: str) -> StateUpdate:
    """A toast in words; the page still shows what it showed.

    The guard knows no page's state, so the corner of ``assets/toasts.jsx`` hears of it
    by an event. The words are our own, with a number in them.
    """
    (problem,) = refusal.problems
    words = json.dumps(say(problem, language))
    script = f"window.dispatchEvent(new CustomEvent('{NOTICE}',{{detail:{words}}}))"
    return StateUpdate(events=Event.from_event_type([rx.call_script(script)]))


def _navigate(script: str) -> StateUpdate:
    """A full load of a page; ``script`` is a constant and holds nothing of a user."""
    return StateUpdate(events=Event.from_event_type([rx.call_script(script)]))
