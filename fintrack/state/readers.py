"""Who reads a page: language, time zone and today, for formatting."""

from zoneinfo import ZoneInfo

import reflex as rx

from fintrack.services import database
from fintrack.state.amounts import Reader
from fintrack.state.session import SessionState


async def reader_of(state: rx.State) -> Reader:
    """The reader of the signed-in person, with the day it is for them."""
    session = await state.get_state(SessionState)
    zone = session._time_zone or "UTC"  # noqa: SLF001 - a public var would be sent to the page
    now = database.current().clock()
    return Reader(
        language=session.language or "en",
        time_zone=zone,
        today=now.astimezone(ZoneInfo(zone)).date(),
        base_currency=session._base_currency or "EUR",  # noqa: SLF001 - as above
    )
