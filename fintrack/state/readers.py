"""Who reads a page: their language, their today, how their weeks and months run."""

import reflex as rx

from fintrack.core.clock import day_in_zone
from fintrack.services import database
from fintrack.services.commands import ask
from fintrack.services.people import find_settings
from fintrack.state.amounts import Reader
from fintrack.state.session import actor_of


async def reader_of(state: rx.State) -> Reader:
    """The person who is signed in, as the one a handler formats for."""
    settings = await ask(await actor_of(state), find_settings)
    return Reader(
        language=settings.language,
        time_zone=settings.time_zone,
        today=day_in_zone(database.current().clock(), settings.time_zone),
        week_start=settings.week_starts_on,
        month_start=settings.month_starts_on,
        base_currency=settings.base_currency,
    )
