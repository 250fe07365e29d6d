"""Own rates of a currency: those that are set, and a form for one more."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.cards import card, card_head
from fintrack.components.dialogs import confirm
from fintrack.components.elements import button, icon_button
from fintrack.components.text import t
from fintrack.pages.account_dialogs import form_error
from fintrack.state.own_rates import OwnRateRow, OwnRatesState

STATE = OwnRatesState


def own_rates() -> rx.Component:
    """The card."""
    return card(
        card_head(t("Your own rates")),
        rx.el.p(
            t("What you really paid, as at a kiosk. It wins in your books on its day."),
            class_name="muted small",
        ),
        rx.cond(
            STATE.rows,
            rx.el.ul(rx.foreach(STATE.rows, _row), class_name="own-rates"),
            rx.fragment(),
        ),
        _form(),
        _doubt(),
    )


def _row(row: OwnRateRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(row.text, class_name="num"),
            rx.el.span(row.day, class_name="muted small"),
        ),
        icon_button("trash-2", t("Remove this rate"), on_click=STATE.remove(row.id)),
    )


def _doubt() -> rx.Component:
    """The question before a rate that is far from what the sources say."""
    return confirm(
        t("Set it anyway?"),
        STATE.doubt,
        button(t("Change it"), on_click=STATE.set_doubt_open(False)),
        button(t("Set it anyway"), "solid", on_click=STATE.set_anyway),
        is_open=STATE.doubt != "",
        on_open_change=STATE.set_doubt_open,
    )


def _form() -> rx.Component:
    rate, day = STATE.errors["value"], STATE.errors["on_date"]
    return rx.form(
        form_error(STATE.errors["form"]),
        rx.el.input(type="hidden", name="form_key", value=STATE.form_key),
        forms.field(
            STATE.label,
            "own-rate",
            forms.amount_input("own-rate", error=rate),
            error=rate,
        ),
        forms.field(
            t("On"),
            "own-day",
            forms.date_input(
                "own-day", default_value=STATE.latest, max=STATE.latest, error=day
            ),
            error=day,
        ),
        button(t("Set this rate"), type="submit"),
        class_name="form own-rates-form",
        key=STATE.form_key,
        on_submit=STATE.save,
    )
