"""The attachments of the open transaction, and the clip of those that have some."""

import reflex as rx

from fintrack.components.attachments import attachments
from fintrack.components.elements import icon
from fintrack.components.text import Text
from fintrack.components.toasts import toasts
from fintrack.state.attachments import AttachmentsState


def attached() -> rx.Component:
    """The list, and its own notices: those of the page lie behind the sheet."""
    state = AttachmentsState
    return rx.fragment(
        attachments(
            state.rows,
            state.target,
            on_added=state.added,
            on_remove=state.remove,
        ),
        toasts(state.notice, state.undo),
    )


def named(name: Text, said: Text) -> rx.Component:
    """The name of a transaction, with a paper clip where it has attachments.

    ``said`` is how many there are; a long name is cut and the clip is not.
    """
    return rx.el.b(
        rx.el.span(name, class_name="truncate"), _clip(said), class_name="named"
    )


def _clip(said: Text) -> rx.Component:
    return rx.cond(
        said,
        rx.el.span(
            icon("paperclip", "xs"),
            rx.el.span(said, class_name="sr"),
            class_name="clip muted",
            title=said,
        ),
        rx.fragment(),
    )
