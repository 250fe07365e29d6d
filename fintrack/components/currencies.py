"""What rows of currencies have beside their words: a small curve and a star."""

import reflex as rx

from fintrack.components.elements import Attributes, icon
from fintrack.components.text import Text
from fintrack.core.small_curve import HEIGHT, WIDTH


def small_curve(path: Text) -> rx.Component:
    """How a rate moved, as small as a word; words beside it say the same.

    Example:
        ``small_curve(State.curves[row.code])``
    """
    return rx.el.svg(
        rx.el.path(d=path),
        class_name="small-curve",
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        # Where the row gives it another shape it is stretched, its stroke is not.
        custom_attrs={"preserveAspectRatio": "none"},
        aria_hidden="true",
    )


def moved(text: Text | rx.Component, way: Text, class_name: str = "") -> rx.Component:
    """A change with its sign in the colour of its way; quiet where nothing moved.

    Example:
        ``moved(row.moved, row.way)``
    """
    tones = (("up", "moved up"), ("down", "moved down"), "moved")
    tone = rx.match(way, *tones)
    return rx.el.span(text, class_name=f"{tone} {class_name}".strip())


def star(
    label: Text, *, is_on: bool | rx.Var[bool], on_click: Attributes
) -> rx.Component:
    """Follows a currency, or no longer; ``label`` says which.

    Example:
        ``star(row.follow, is_on=row.is_followed, on_click=State.follow(row.code))``
    """
    return rx.el.button(
        icon("star"),
        type="button",
        class_name="icon-btn star",
        title=label,
        on_click=on_click,
        custom_attrs={
            "aria-label": label,
            "aria-pressed": rx.cond(is_on, "true", "false"),
        },
    )
