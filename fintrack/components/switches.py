"""Switches: what is on or off at once, without a form."""

import reflex as rx

from fintrack.components.elements import Attributes


def switch(
    is_on: bool | rx.Var[bool], *, labelled_by: str, **attributes: Attributes
) -> rx.Component:
    """A switch; ``labelled_by`` are the ids of the words that name it.

    Example:
        ``switch(State.is_on, labelled_by="row column", on_change=State.turn)``
    """
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            role="switch",
            checked=is_on,
            custom_attrs={"aria-labelledby": labelled_by},
            **attributes,
        ),
        rx.el.span(),
        class_name="switch",
    )
