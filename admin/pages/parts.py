"""Small parts that several pages of the staff area share."""

import reflex as rx

from fintrack.components.elements import Attributes, badge, button
from fintrack.components.text import Text, t


def toned_badge(tone: Text, text: Text) -> rx.Component:
    """A word whose tone comes from its row.

    Example:
        ``toned_badge(row.tone, row.standing)``
    """
    return rx.fragment(
        rx.match(
            tone,
            ("income", badge(text, "income")),
            ("danger", badge(text, "danger", icon_name="triangle-alert")),
            ("warn", badge(text, "warn", icon_name="triangle-alert")),
            ("accent", badge(text, "accent")),
            badge(text),
        )
    )


def named(name: Text, value: Text, **attributes: Attributes) -> rx.Component:
    """A cell that says its column's name where a phone shows no heads.

    Example:
        ``named(t("Last run"), row.last)``
    """
    return rx.el.td(rx.el.span(name, ": ", class_name="cell-name"), value, **attributes)


def older(place: Text, on_older: Attributes) -> rx.Component:
    """The step to the rows below, as long as there are some.

    Example:
        ``older(State.older, State.show_older)``
    """
    return rx.cond(
        place,
        rx.el.div(button(t("Older"), "soft", on_click=on_older), class_name="paging"),
        rx.fragment(),
    )
