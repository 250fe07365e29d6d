"""The dashboard's answer: net worth, its curve, and each currency by itself."""

import reflex as rx

from fintrack.components.cards import card
from fintrack.components.charts import net_worth_chart
from fintrack.components.forms import segmented
from fintrack.components.money import (
    answer,
    change,
    money,
    not_counted,
    quiet_note,
    sentence,
)
from fintrack.components.text import t
from fintrack.pages.dashboard_bones import curve_bone
from fintrack.state.dashboard import DashboardState as Dash
from fintrack.state.worth_rows import WorthChoice

SPANS = (
    ("1m", t("1M")),
    ("3m", t("3M")),
    ("6m", t("6M")),
    ("1y", t("1Y")),
    ("all", t("All")),
)


def net_worth() -> rx.Component:
    """The card; what no rate brings into its currency is said below the curve."""
    worth = Dash.board.worth
    return card(
        rx.el.div(
            answer(t("Net worth"), worth.amount),
            rx.el.p(
                change(worth.moved, worth.moved_text),
                rx.foreach(worth.parts, _part),
                quiet_note(worth.not_in_change),
                class_name="worth-line",
            ),
            segmented(
                "span",
                SPANS,
                label=t("Range"),
                value=Dash.span,
                on_change=Dash.choose_span,
            ),
            class_name="worth-top",
        ),
        rx.cond(Dash.has_curve, net_worth_chart(Dash.curve), curve_bone()),
        quiet_note(Dash.counted_from),
        quiet_note(worth.oldest),
        not_counted(worth.missing),
        rx.cond(
            Dash.board.others,
            rx.el.div(
                rx.el.span(t("By currency"), class_name="label"),
                rx.foreach(Dash.board.others, _other_worth),
                class_name="worth-others",
            ),
            rx.fragment(),
        ),
        class_name="w8 o1",
    )


def _part(words: str) -> rx.Component:
    return rx.el.span(" · ", sentence(words), class_name="muted small")


def _other_worth(one: WorthChoice) -> rx.Component:
    return rx.el.button(
        rx.el.span(one.label, class_name="muted small"),
        money(one.amount),
        type="button",
        class_name="worth-other",
        on_click=Dash.choose_currency(one.value),
    )
