"""``/add?amount=…&payee=…``: the entry line, filled by a bookmark or a program."""

from collections.abc import Mapping
from typing import Final

import reflex as rx

from fintrack.core import routes

FIELDS: Final = ("amount", "payee", "on_date", "note")
MAX_LENGTH: Final = 200


class AddingState(rx.State):
    """Goes where transactions are entered."""

    @rx.event
    async def load(self) -> rx.event.EventSpec:
        """Takes along what the address fills in; nothing is saved by an address."""
        return rx.redirect(
            routes.new_transaction(**filled(self.router.url.query_parameters)),
            replace=True,
        )


def filled(asked: Mapping[str, str]) -> dict[str, str]:
    """What an address says of the fields of a new transaction."""
    return {name: asked[name][:MAX_LENGTH] for name in FIELDS if asked.get(name)}
