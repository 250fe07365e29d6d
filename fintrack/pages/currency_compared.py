"""Other currencies beside one: each in percent of the first day they share."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.cards import card, card_head
from fintrack.components.elements import icon_button
from fintrack.components.forms import option
from fintrack.components.rate_charts import compared_chart
from fintrack.components.text import t
from fintrack.state.currency import CurrencyState as State
from fintrack.state.currency_about import ComparedRow


def comparison() -> rx.Component:
    """The card of all that are compared."""
    return card(
        card_head(t("Compare")),
        rx.el.ul(rx.foreach(State.compared, _compared), class_name="compared"),
        rx.cond(
            State.can_add,
            forms.select(
                "beside",
                [
                    rx.el.option(t("Compare with"), value=""),
                    rx.foreach(State.choices, option),
                ],
                value="",
                on_change=State.compare,
                custom_attrs={**forms.opens_first(), "aria-label": t("Compare with")},
            ),
            rx.el.p(
                t("Four at a time is as many as a chart can show."),
                class_name="muted small",
            ),
        ),
        _chart(),
    )


def _chart() -> rx.Component:
    return rx.cond(
        State.has_others,
        rx.cond(
            State.comparison.x,
            compared_chart(State.comparison),
            rx.cond(
                State.has_looked,
                rx.el.p(
                    t("These have no day in common in this period."),
                    class_name="muted no-chart",
                ),
                chart_bone(),
            ),
        ),
        rx.el.p(
            t("Others beside it, each in percent of the first day."),
            class_name="muted small compare-hint",
        ),
    )


def _compared(one: ComparedRow) -> rx.Component:
    """One of the key: its stroke, name and change, and the way out of it."""
    return rx.el.li(
        rx.el.i(class_name="stroke", aria_hidden="true"),
        rx.el.span(one.name, class_name="truncate"),
        rx.el.span(State.totals[one.code], class_name="num medium"),
        rx.cond(
            one.leave,
            icon_button("x", one.leave, on_click=State.leave_out(one.code)),
            rx.fragment(),
        ),
        class_name="one",
    )


def chart_bone() -> rx.Component:
    """Where a chart will be."""
    return rx.el.div(class_name="bone rate-bone", aria_hidden="true")
