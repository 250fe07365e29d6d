"""Dialogs: in the middle on a desktop, a sheet from below on a phone."""

import reflex as rx

from fintrack.components.elements import Attributes, icon
from fintrack.components.text import Text, t

# The page has the one h1.
_TITLE: dict[str, Attributes] = {
    "class_name": "dialog-title",
    "custom_attrs": {"as": "h2"},
}


class DialogHome(rx.Component):
    """Closes a dialog whose page was left, as Esc does, and gives the focus back.

    See ``assets/dialog_home.js``.
    """

    library = "$/public/dialog_home.js"
    tag = "DialogHome"

    on_leave: rx.EventHandler[rx.event.passthrough_event_spec(bool)]


def dialog(
    title: Text,
    *content: rx.Component,
    is_open: bool | rx.Var[bool],
    on_open_change: Attributes,
    text: Text = "",
) -> rx.Component:
    """A dialog that the state opens; Esc, the cross and leaving the page close it.

    Example:
        ``dialog(t("New account"), form, is_open=S.is_open, on_open_change=S.set_open)``
    """
    return rx.dialog.root(
        rx.dialog.content(
            rx.el.div(
                rx.dialog.title(title, **_TITLE),
                _close(),
                class_name="dialog-head",
            ),
            rx.dialog.description(text, class_name="dialog-text"),
            *content,
            DialogHome.create(on_leave=on_open_change),
            class_name="dialog",
        ),
        open=is_open,
        on_open_change=on_open_change,
    )


def confirm(
    title: Text,
    text: Text | rx.Component,
    *actions: rx.Component,
    is_open: bool | rx.Var[bool],
    on_open_change: Attributes,
) -> rx.Component:
    """A question before what Undo cannot bring back.

    ``actions``: first the safe answer, then the dangerous one; on a phone the safe
    one is nearest the thumb.

    Example:
        ``confirm(t("Remove it?"), t("…"), button(t("Keep it")), button(…, "danger"))``
    """
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title(title, **_TITLE),
            rx.alert_dialog.description(text, class_name="dialog-text"),
            rx.el.div(*actions, class_name="acts"),
            DialogHome.create(on_leave=on_open_change),
            class_name="dialog",
        ),
        open=is_open,
        on_open_change=on_open_change,
    )


def quiet_dialog(
    title: Text, *content: rx.Component, trigger: rx.Component
) -> rx.Component:
    """A dialog without state: pressing ``trigger`` opens it.

    Example:
        ``quiet_dialog(t("Keyboard"), table, trigger=button(t("Keyboard")))``
    """
    return rx.dialog.root(
        rx.dialog.trigger(trigger),
        rx.dialog.content(
            rx.el.div(
                rx.dialog.title(title, **_TITLE),
                _close(),
                class_name="dialog-head",
            ),
            *content,
            class_name="dialog",
            custom_attrs={"aria-describedby": rx.Var("undefined")},
        ),
    )


def _close() -> rx.Component:
    return rx.dialog.close(
        rx.el.button(
            icon("x"),
            class_name="icon-btn",
            type="button",
            custom_attrs={"aria-label": t("Close")},
        )
    )
