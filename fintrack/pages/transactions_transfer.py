"""What arrives when a transfer changes the currency: its amount, or the rate."""

import reflex as rx

from fintrack.components.elements import button
from fintrack.components.forms import amount_input, field
from fintrack.components.text import t
from fintrack.state.transaction_form import TransactionForm

FORM = TransactionForm


def received() -> rx.Component:
    """Between two currencies: what arrives, or the rate."""
    arrives, rate = FORM.errors["received"], FORM.errors["rate"]
    return rx.fragment(
        field(
            t("Arrives"),
            "received",
            amount_input(
                "received",
                before=FORM.to_symbol,
                error=arrives,
                default_value=FORM.draft.received,
                key=FORM.received_revision,
            ),
            error=arrives,
        ),
        field(
            t("or rate"),
            "rate",
            amount_input(
                "rate",
                error=rate,
                default_value=FORM.draft.rate,
                key=FORM.received_revision,
            ),
            error=rate,
        ),
        rx.cond(FORM.rate_said, _proposal(), rx.fragment()),
    )


def _proposal() -> rx.Component:
    """The rate of the day, and what arrives at it."""
    return rx.el.p(
        rx.el.span(FORM.rate_said, role="status"),
        rx.cond(
            FORM.arrives,
            button(
                FORM.arrives,
                "soft",
                class_name="s",
                on_click=FORM.take_day_rate,
            ),
            rx.fragment(),
        ),
        class_name="proposal muted small",
    )
