"""Other currencies beside one: each in percent of the first day they share."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.cards import card, card_head
from fintrack.components.elements import icon_button
from fintrack.components.rate_charts import compared_chart
from fintrack.components.text import t
from fintrack.pages.account_dialogs import option
from fintrack.state.choices import Choice
from fintrack.state.currency import CurrencyState as State


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
                    rx.el.option(t("Add a currency"), value=""),
                    rx.foreach(State.choices, option),
                ],
                value="",
                on_change=State.compare,
                custom_attrs={"aria-label": t("Add a currency")},
            ),
            rx.el.p(
                t("Four at a time is as many as a chart can show."),
                class_name="muted small",
            ),
        ),
        rx.cond(
            State.compared.length() > 1,
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
                class_name="muted small",
            ),
        ),
    )


def _compared(one: Choice, place: rx.Var[int]) -> rx.Component:
    """One of the key: its stroke, name and change, and the way out of it."""
    line = State.comparison.lines[place]
    return rx.el.li(
        rx.el.i(class_name="stroke", aria_hidden="true"),
        rx.el.span(one.label, class_name="truncate"),
        rx.cond(
            State.comparison.lines,
            rx.el.span(line.total, class_name="num medium"),
            rx.fragment(),
        ),
        rx.cond(
            place > 0,
            icon_button(
                "x",
                t("Leave it out"),
                on_click=State.leave_out(one.value),
            ),
            rx.fragment(),
        ),
        class_name="one",
    )


def chart_bone() -> rx.Component:
    """Where a chart will be."""
    return rx.el.div(class_name="bone rate-bone", aria_hidden="true")
