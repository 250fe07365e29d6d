"""The parts of an entry line that need the browser; see ``assets/entry.jsx``."""

import reflex as rx

from fintrack.components.elements import Attributes
from fintrack.components.text import Text


def _one_text(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


class PayeeInput(rx.Component):
    """A text field that completes names; the rest of the name is selected."""

    library = "$/public/entry.jsx"
    tag = "PayeeInput"

    name: rx.Var[str]
    names: rx.Var[list[str]]
    default_value: rx.Var[str]
    on_type: rx.EventHandler[_one_text]


class EscapeArea(rx.Component):
    """Calls ``on_escape`` for Esc inside, also while somebody types."""

    library = "$/public/entry.jsx"
    tag = "EscapeArea"

    on_escape: rx.EventHandler[rx.event.no_args_event_spec]


def payee_input(
    name: str, names: rx.Var[list[str]], *, error: Text = "", **attributes: Attributes
) -> rx.Component:
    """A field for a payee, framed as ``text_input`` is.

    Example:
        ``payee_input("payee", Form.payees, on_type=Form.type_payee)``
    """
    return rx.el.span(
        PayeeInput.create(
            id=name,
            name=name,
            names=names,
            custom_attrs={"aria-describedby": f"{name}-help"},
            **attributes,
        ),
        class_name=rx.cond(error, "input bad", "input"),
    )


def escape_area(
    *content: rx.Component, on_escape: Attributes, **attributes: Attributes
) -> rx.Component:
    """A part of the page that Esc closes.

    Example:
        ``escape_area(form, on_escape=Form.close)``
    """
    return EscapeArea.create(*content, on_escape=on_escape, **attributes)
