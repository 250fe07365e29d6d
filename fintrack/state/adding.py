"""``/add?amount=…&payee=…``: the entry line, filled by a bookmark or a program.

``/add?template=…`` fills it by a template; texts go over what that says.
"""

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
        asked = self.router.url.query_parameters
        template = asked.get("template", "")[:MAX_LENGTH]
        return rx.redirect(
            routes.new_transaction(template=template, **filled(asked)), replace=True
        )


def filled(asked: Mapping[str, str]) -> dict[str, str]:
    """What an address says of the fields of a new transaction."""
    return {name: asked[name][:MAX_LENGTH] for name in FIELDS if asked.get(name)}
