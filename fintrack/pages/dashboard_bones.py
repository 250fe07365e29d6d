"""The dashboard before its figures are there: cards of the same heights."""

import reflex as rx

from fintrack.components.cards import card
from fintrack.components.states import loading_answer, loading_rows
from fintrack.components.text import t


def bones() -> rx.Component:
    """The grid of the page, so that nothing jumps when the figures come."""
    return rx.el.div(
        card(
            loading_answer(),
            rx.el.span(class_name="bone line-bone"),
            curve_bone(),
            class_name="w8 o1 worth-bones",
        ),
        card(loading_answer(), class_name="w4 same o2"),
        rx.el.div(card(loading_rows(7, t("Loading"))), class_name="stack w8 o4"),
        rx.el.div(card(loading_rows(7, t("Loading"))), class_name="stack w4 o5"),
        class_name="dash",
    )


def curve_bone() -> rx.Component:
    """As high as the curve with its table twin."""
    return rx.el.div(class_name="curve-bone", aria_hidden="true")
