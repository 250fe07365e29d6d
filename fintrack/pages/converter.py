"""The converter: an amount in several currencies, either side of the first leads."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.cards import card, card_head
from fintrack.components.converting import (
    copy_amount,
    currency_picker,
    following_input,
)
from fintrack.components.elements import Attributes, icon_button
from fintrack.components.text import Text, t
from fintrack.state.choices import Choice
from fintrack.state.converting import ConvertingState as State
from fintrack.state.converting import TargetLine


def converter() -> rx.Component:
    """The card."""
    return card(
        card_head(t("Convert")),
        rx.el.div(
            rx.el.div(
                _amount("left", t("Amount"), State.left, State.type_left),
                _picker(
                    "left-currency",
                    t("Currency of the amount"),
                    State.left_name,
                    State.choose_left,
                ),
                class_name="side-of-two",
            ),
            icon_button("arrow-up-down", t("Swap"), on_click=State.swap),
            rx.el.div(
                _amount("right", t("Is worth"), State.right, State.type_right),
                _picker(
                    "right-currency",
                    t("Currency of the result"),
                    State.right_name,
                    State.choose_right,
                ),
                class_name="side-of-two",
            ),
            rx.el.div(
                rx.foreach(State.quick, _quick),
                class_name="quick",
                role="group",
                aria_label=t("Quick amounts"),
            ),
            _others(),
            _day(),
            class_name="form converter",
        ),
    )


def _amount(name: str, label: Text, text: Text, on_type: Attributes) -> rx.Component:
    """One side; what is wrong with it stands below it."""
    error = State.errors[name]
    return forms.field(
        label,
        name,
        rx.el.div(
            following_input(name, text=text, error=error, on_type=on_type),
            copy_amount(text, label=t("Copy"), copied=t("Copied")),
            class_name="copied",
        ),
        error=error,
    )


def _picker(name: str, label: Text, shown: Text, on_choose: Attributes) -> rx.Component:
    return currency_picker(name, label, State, shown=shown, on_choose=on_choose)


def _quick(choice: Choice) -> rx.Component:
    return rx.el.button(
        choice.label,
        type="button",
        class_name="chip num",
        on_click=State.type_left(choice.value),
    )


def _others() -> rx.Component:
    return rx.el.div(
        rx.el.ul(
            rx.foreach(State.others, _other),
            class_name="others",
            aria_label=t("In other currencies"),
        ),
        rx.cond(
            State.can_add,
            _picker("another-currency", t("Add a currency"), "", State.add),
            rx.fragment(),
        ),
        class_name="stack-small",
    )


def _other(line: TargetLine) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.b(line.amount, class_name="num medium"),
            rx.el.span(line.said, class_name="muted small"),
            class_name="what",
        ),
        rx.cond(
            line.copy,
            copy_amount(line.copy, label=line.copy_label, copied=t("Copied")),
            rx.fragment(),
        ),
        icon_button("x", line.remove_label, on_click=State.remove(line.code)),
        class_name="other",
    )


def _day() -> rx.Component:
    """Of which day the rate is, and who said it."""
    return rx.fragment(
        forms.field(
            t("At the rate of"),
            "rate-day",
            forms.date_input(
                "rate-day",
                default_value=State.on,
                key=State.latest,
                max=State.latest,
                on_change=State.choose_day.debounce(250),
                error=State.errors["day"],
            ),
            error=State.errors["day"],
        ),
        rx.el.p(State.said, class_name="muted small", role="status"),
        rx.cond(
            State.is_of_market,
            rx.el.p(
                t("A middle rate. Your bank’s rate will differ."),
                class_name="muted small",
            ),
            rx.fragment(),
        ),
    )
