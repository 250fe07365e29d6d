"""Currencies that are searched for, and amounts that follow each other."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.elements import Attributes
from fintrack.components.events import one_text
from fintrack.components.text import Text, t
from fintrack.state.choices import Choice
from fintrack.state.currency_offers import CurrencyOffers


class FollowingInput(rx.Component):
    """An amount that shows ``text`` as it changes, unless somebody types here.

    See ``assets/converting.jsx``.
    """

    library = "$/public/converting.jsx"
    tag = "FollowingInput"

    name: rx.Var[str]
    text: rx.Var[str]
    on_type: rx.EventHandler[one_text]


class CurrencyPicker(rx.Component):
    """A field that is searched in: the server offers what the words may mean.

    With a ``value`` it is a field of a form, which gets the code by ``name``.
    """

    library = "$/public/currency_picker.jsx"
    tag = "CurrencyPicker"

    name: rx.Var[str]
    label: rx.Var[str]
    shown: rx.Var[str]
    value: rx.Var[str]
    error: rx.Var[str]
    offers: rx.Var[list[Choice]]
    offered_for: rx.Var[str]
    none: rx.Var[str]
    on_words: rx.EventHandler[one_text]
    on_choose: rx.EventHandler[one_text]


class CopyAmount(rx.Component):
    """A square button that copies a text and says so."""

    library = "$/public/converting.jsx"
    tag = "CopyAmount"

    text: rx.Var[str]
    label: rx.Var[str]
    copied: rx.Var[str]


def following_input(
    name: str, *, error: Text = "", **attributes: Attributes
) -> rx.Component:
    """An amount that follows another one, framed as ``text_input`` is.

    Example:
        ``following_input("left", text=State.left, on_type=State.type_left)``
    """
    return rx.el.span(
        FollowingInput.create(
            id=name,
            name=name,
            class_name="num right",
            custom_attrs={
                "aria-describedby": f"{name}-help",
                "aria-invalid": rx.cond(error, "true", "false"),
            },
            **attributes,
        ),
        class_name=rx.cond(error, "input bad", "input"),
    )


def currency_picker(
    name: str, label: Text, state: type[CurrencyOffers], **attributes: Attributes
) -> rx.Component:
    """Any currency that ``state`` finds by code, sign, name or country.

    Example:
        ``currency_picker("to", t("To"), State, shown=State.name, on_choose=…)``
    """
    return CurrencyPicker.create(
        name=name,
        label=label,
        offers=state.offers,
        offered_for=state.offered_for,
        none=t("No currency is called so"),
        on_words=state.look_up,
        **attributes,
    )


def currency_field(
    label: Text,
    name: str,
    state: type[CurrencyOffers],
    *,
    error: Text = "",
    hint: Text = "",
    **attributes: Attributes,
) -> rx.Component:
    """A currency to keep books in, as a field of a form; ``state`` looks it up.

    Example:
        ``currency_field(t("Currency"), "currency", S, value=S.code, shown=S.label)``
    """
    picker = currency_picker(name, label, state, error=error, **attributes)
    return forms.field(label, name, picker, hint=hint, error=error)


def copy_amount(text: Text, *, label: Text, copied: Text) -> rx.Component:
    """Copies an amount.

    Example:
        ``copy_amount(State.right, label=t("Copy"), copied=t("Copied"))``
    """
    return CopyAmount.create(text=text, label=label, copied=copied)
