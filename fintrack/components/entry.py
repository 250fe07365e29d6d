"""The parts of an entry line that need the browser; see ``assets/entry.jsx``."""

import reflex as rx

from fintrack.components.elements import Attributes
from fintrack.components.events import one_text
from fintrack.components.text import Text


def _text_and_days(
    text: rx.Var[str], days: rx.Var[int]
) -> tuple[rx.Var[str], rx.Var[int]]:
    return (text, days)


class PayeeInput(rx.Component):
    """A text field that completes names; the rest of the name is selected.

    On a phone the first names can be tapped.
    """

    library = "$/public/entry.jsx"
    tag = "PayeeInput"

    name: rx.Var[str]
    names: rx.Var[list[str]]
    default_value: rx.Var[str]
    on_type: rx.EventHandler[one_text]


class DayInput(rx.Component):
    """A day in words or figures, which + and - move, beside the browser's calendar.

    The text is the browser's until ``revision`` rises: then ``text`` is shown.
    """

    library = "$/public/entry.jsx"
    tag = "DayInput"

    name: rx.Var[str]
    text: rx.Var[str]
    revision: rx.Var[int]
    label: rx.Var[str]
    on_type: rx.EventHandler[one_text]
    on_step: rx.EventHandler[_text_and_days]


class EntryArea(rx.Component):
    """Keys of a form, also while somebody types: Esc and Ctrl/Cmd+Enter.

    The second sends the form with its hidden field ``closes``. Without ``on_escape``
    Esc is left to what is around the form.
    """

    library = "$/public/entry.jsx"
    tag = "EntryArea"

    on_escape: rx.EventHandler[rx.event.no_args_event_spec]


class SendAs(rx.Component):
    """A button that sends its form with the hidden field ``name`` set to ``1``."""

    library = "$/public/entry.jsx"
    tag = "SendAs"

    name: rx.Var[str]


def payee_input(
    name: str, names: rx.Var[list[str]], *, error: Text = "", **attributes: Attributes
) -> rx.Component:
    """A field for a payee, framed as ``text_input`` is; on a phone with names to tap.

    Example:
        ``payee_input("payee", Form.payees, on_type=Form.type_payee)``
    """
    return PayeeInput.create(
        id=name,
        name=name,
        names=names,
        class_name=rx.cond(error, "input bad", "input"),
        custom_attrs={"aria-describedby": f"{name}-help"},
        **attributes,
    )


def day_input(name: str, *, error: Text = "", **attributes: Attributes) -> rx.Component:
    """A field for a day that is typed: ``yesterday``, ``18.11.``, ``fri``.

    Example:
        ``day_input("on_date", text=Form.day, on_type=Form.type_day)``
    """
    return rx.el.span(
        DayInput.create(
            id=name,
            name=name,
            class_name="num",
            custom_attrs={"aria-describedby": f"{name}-help"},
            **attributes,
        ),
        class_name=rx.cond(error, "input day-input bad", "input day-input"),
    )


def entry_area(*content: rx.Component, **attributes: Attributes) -> rx.Component:
    """A part of the page around a form that keys close or send.

    Example:
        ``entry_area(form, on_escape=Form.close)``
    """
    return EntryArea.create(*content, **attributes)


def send_as(name: str, label: Text, **attributes: Attributes) -> rx.Component:
    """A second way to send a form, told apart by a hidden field that stands in it.

    Example:
        ``send_as("as_template", t("Save as template"))``
    """
    return SendAs.create(label, name=name, **attributes)
