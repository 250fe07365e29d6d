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


def clip(said: Text) -> rx.Component:
    """A paper clip beside a name; ``said`` is how many attachments there are."""
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
