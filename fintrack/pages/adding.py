"""An address for bookmarks and other programs that opens the entry line filled."""

import reflex as rx

from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.layout import frame
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.state.adding import AddingState
from fintrack.state.session import SessionState


@rx.page(
    route=routes.ADD, title=page_title(t("New transaction")), on_load=AddingState.load
)
def adding() -> rx.Component:
    """The page; it is left as soon as it is there."""
    return frame(
        card(states.loading_rows(3, t("Opening the entry"))),
        here=routes.TRANSACTIONS,
        person=SessionState.me,
    )
