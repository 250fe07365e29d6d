"""The mark of a transaction: not cleared, cleared, reconciled."""

import reflex as rx

from fintrack.components.elements import Attributes, icon
from fintrack.state.marks import Mark


def mark_sign(mark: Mark) -> rx.Component:
    """A ring, a ring with a tick, or a lock; words stand beside it."""
    return rx.fragment(
        rx.match(
            mark.name,
            ("cleared", icon("circle-check", "s")),
            ("locked", icon("lock", "s")),
            icon("circle", "s"),
        )
    )


def mark_button(
    mark: Mark, *, class_name: str = "", **attributes: Attributes
) -> rx.Component:
    """A button that turns the mark; nothing where there is none.

    ``c`` presses it for the row that has the focus (``assets/keys.js``).

    Example:
        ``mark_button(row.mark, on_click=State.toggle_cleared(row.id))``
    """
    return rx.cond(
        mark.name,
        rx.el.button(
            mark_sign(mark),
            type="button",
            title=mark.words,
            class_name=f"mark {class_name}".strip(),
            custom_attrs={
                "aria-label": mark.words,
                "aria-pressed": rx.cond(mark.name == "open", "false", "true"),
                "data-mark": mark.name,
            },
            **attributes,
        ),
        rx.el.span(class_name=f"mark none {class_name}".strip()),
    )
