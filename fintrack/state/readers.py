"""For whom a handler formats: language and today of the person who is signed in."""

import zoneinfo

import reflex as rx

from fintrack.services import database
from fintrack.state.amounts import Reader
from fintrack.state.session import SessionState


async def reader_of(state: rx.State) -> Reader:
    """The reader of this tab; without a session English and UTC."""
    session = await state.get_state(SessionState)
    try:
        zone = zoneinfo.ZoneInfo(session._time_zone)  # noqa: SLF001 - server-side only
    except (ValueError, zoneinfo.ZoneInfoNotFoundError):
        zone = zoneinfo.ZoneInfo("UTC")
    return Reader(
        language=session.language or "en",
        time_zone=zone.key,
        today=database.current().clock().astimezone(zone).date(),
        base_currency=session._base_currency or "EUR",  # noqa: SLF001 - as above
    )
