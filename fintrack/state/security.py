"""Where somebody is signed in, and whether they have a second factor.

Nothing here is a secret, and nothing is changed by an event: what is changed asks for a
fresh proof, which travels over HTTP.
"""

import logging
from dataclasses import dataclass

import reflex as rx

from fintrack.core.device_name import name_device
from fintrack.core.text import message_id
from fintrack.services.commands import ask
from fintrack.services.factor.enrolling import FactorView, find_factor
from fintrack.services.own_sessions import OwnSession, list_sessions
from fintrack.state.amounts import Reader
from fintrack.state.session import actor_of, reader_of

PLACE = "/api/v1/me/sessions"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SessionRow:
    """A signed-in browser; ``url`` is where it is ended, ``end_label`` says which."""

    device: str
    detail: str
    url: str
    end_label: str
    is_this: bool


class SecurityState(rx.State):
    """What the page shows."""

    status: str = "loading"
    sessions: list[SessionRow] = []
    has_others: bool = False
    is_on: bool = False
    factor: str = ""

    @rx.event
    async def load(self) -> None:
        """Reads the sessions and the second factor of who asks."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            found = await ask(actor, list_sessions)
            factor = await ask(actor, find_factor)
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The sessions could not be loaded.")
            self.status = "failed"
            return
        self.sessions = [_row(one, reader) for one in found]
        self.has_others = any(not one.is_this for one in found)
        self.is_on = factor.is_on
        self.factor = _sentence(factor, reader)
        self.status = "ready"


def _row(one: OwnSession, reader: Reader) -> SessionRow:
    device = name_device(one.device, reader.language)
    detail = message_id("{address} · last used: {when}")
    return SessionRow(
        device=device,
        detail=reader.say(
            detail, address=one.address, when=reader.moment(one.last_seen_at)
        ),
        url=f"{PLACE}/{one.id}",
        end_label=reader.say(message_id("End the session of {device}"), device=device),
        is_this=one.is_this,
    )


def _sentence(factor: FactorView, reader: Reader) -> str:
    if factor.since is None:
        return reader.say(
            message_id(
                "A code from your phone, beside the password: whoever learns the one "
                "still lacks the other."
            )
        )
    return reader.count(
        "On since {since}. {n} recovery code is left.",
        "On since {since}. {n} recovery codes are left.",
        factor.recovery_codes_left,
        since=reader.moment(factor.since),
    )
