"""The attachments of an open transaction or a void one, and the clip in the list."""

import reflex as rx

from fintrack.components.attachments import attachments
from fintrack.components.dialogs import dialog
from fintrack.components.elements import icon
from fintrack.components.money import money
from fintrack.components.text import Text, t
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


def void_dialog() -> rx.Component:
    """A void transaction with its attachments, which can be read and saved."""
    state = AttachmentsState
    return dialog(
        t("Void transaction"),
        rx.el.div(
            rx.el.b(state.void.name, class_name="truncate"),
            rx.el.span(state.void.day, class_name="muted small"),
            money(state.void.amount),
            class_name="void-shown",
        ),
        attachments(
            state.rows,
            state.target,
            on_added=state.added,
            on_remove=state.remove,
        ),
        text=t("It stays in the books, crossed out, and no sum counts it."),
        is_open=state.void.id != "",
        on_open_change=state.set_void,
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
