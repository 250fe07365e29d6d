"""What every page says while the server does not answer."""

import reflex as rx
from reflex.app import App
from reflex_components_core.core.banner import has_too_many_connection_errors

from fintrack.components.elements import icon
from fintrack.components.text import t

OVERLAY = (5, "Overlay")


def install_connection_note(app: App) -> None:
    """Puts the note in the place of Reflex's own, which names sockets in English."""
    app.app_wraps[OVERLAY] = lambda stateful: _note() if stateful else None


# A memo: the socket's errors are known only inside the wrap that provides them.
@rx.memo
def connection_note() -> rx.Component:
    """Comes with the second failed attempt, goes when the server is back."""
    return rx.el.div(
        rx.cond(
            has_too_many_connection_errors,
            rx.el.p(
                icon("wifi-off"),
                rx.el.span(
                    rx.el.b(t("FinTrack does not answer.")),
                    " ",
                    t("It is tried again by itself. What you see may be out of date."),
                ),
                class_name="connection float",
            ),
            rx.fragment(),
        ),
        role="status",
    )


def _note() -> rx.Component:
    return rx.fragment(connection_note())
