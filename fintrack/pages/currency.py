"""One currency: its rate and the course of it, how it moved, others beside it."""

import reflex as rx

from fintrack.components import forms, states
from fintrack.components.cards import callout, card, columns, span
from fintrack.components.charts import AfterPaint
from fintrack.components.currencies import moved
from fintrack.components.elements import (
    button,
    icon,
    icon_button,
    link_button,
)
from fintrack.components.forms import option
from fintrack.components.layout import back_link
from fintrack.components.rate_charts import rate_chart
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.converter import converter
from fintrack.pages.currency_compared import chart_bone, comparison
from fintrack.pages.currency_figures import about, changes, way_of
from fintrack.pages.currency_held import holdings
from fintrack.pages.currency_own import own_rates
from fintrack.pages.framed import framed
from fintrack.state.converting import ConvertingState
from fintrack.state.currency import CurrencyState as State
from fintrack.state.holdings import HoldingsState
from fintrack.state.own_rates import SHOWN_BESIDE, OwnRatesState

SPANS = (
    ("1D", t("1D")),
    ("1W", t("1W")),
    ("1M", t("1M")),
    ("3M", t("3M")),
    ("YTD", t("YTD")),
    ("1Y", t("1Y")),
    ("5Y", t("5Y")),
    ("MAX", t("MAX")),
)


@rx.page(
    route=routes.CURRENCY,
    title=page_title(t("Currency")),
    on_load=[State.load, ConvertingState.load, OwnRatesState.load, HoldingsState.load],
)
def currency() -> rx.Component:
    """The page."""
    return framed(
        back_link(t("Currencies"), routes.CURRENCIES),
        rx.fragment(
            rx.match(
                State.phase,
                ("ready", _ready()),
                ("missing", _missing()),
                (
                    "failed",
                    states.could_not_load(
                        t("The currency could not be loaded"),
                        State.retry,
                        reference=State.failure,
                    ),
                ),
                _bones(),
            )
        ),
        here=routes.CURRENCIES,
        state=OwnRatesState,
        undone=SHOWN_BESIDE,
    )


def _bones() -> rx.Component:
    return rx.el.div(
        rx.el.h1(t("Currency"), class_name="sr"),
        rx.el.div(
            rx.el.span(class_name="bone avatar l"),
            rx.el.span(class_name="bone answer-bone"),
            class_name="currency-head page-head",
            aria_hidden="true",
        ),
        card(states.loading_answer(), chart_bone()),
        card(states.loading_rows(3, t("Loading the currency"))),
        class_name="stack",
    )


def _missing() -> rx.Component:
    return states.empty(
        t("There is no such currency"),
        t("Search for a code, a name, a symbol or a country."),
        link_button(t("All currencies"), routes.CURRENCIES),
        icon_name="search",
    )


def _ready() -> rx.Component:
    return rx.fragment(
        _head(),
        rx.cond(
            State.refusal,
            rx.el.div(
                callout(State.refusal, tone="danger", icon_name="triangle-alert"),
                class_name="above",
            ),
            rx.fragment(),
        ),
        rx.cond(
            State.card.ending,
            rx.el.div(
                callout(State.card.ending, icon_name="history"), class_name="above"
            ),
            rx.fragment(),
        ),
        columns(
            span(8, _rate(), changes(), comparison()),
            span(4, converter(), holdings(), own_rates(), about()),
        ),
        AfterPaint.create(on_paint=State.load_charts),
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.span(
            State.card.badge.text,
            class_name=f"avatar l plain sign-text {State.card.badge.size}",
            aria_hidden="true",
        ),
        rx.el.div(
            rx.el.h1(State.card.name),
            rx.el.p(State.card.sub, class_name="sub"),
        ),
        rx.el.div(
            button(
                rx.cond(State.is_followed, t("Following"), t("Follow")),
                icon_name="star",
                class_name="star",
                on_click=State.follow,
                custom_attrs={
                    "aria-pressed": rx.cond(State.is_followed, "true", "false")
                },
            ),
            _file(),
            class_name="tools",
        ),
        class_name="page-head currency-head",
    )


def _file() -> rx.Component:
    """The numbers of the chart, for spreadsheets."""
    return rx.cond(
        State.card.rate,
        rx.el.a(
            icon("download", "s"),
            t("CSV"),
            href=State.file,
            download=True,
            # Not a page: the router must leave the click to the browser.
            custom_attrs={"reloadDocument": True, "aria-label": t("Rates as CSV")},
            class_name="btn outline no-phone",
        ),
        rx.fragment(),
    )


def _rate() -> rx.Component:
    return card(
        rx.el.div(_answer(), _tools(), class_name="answer-with-tools rate-top"),
        _chart(),
        rx.el.div(
            rx.el.span(State.card.source),
            rx.cond(
                State.card.is_derived,
                rx.el.span(
                    t(
                        "Derived: nobody quoted this pair, so one rate was divided by "
                        "another."
                    )
                ),
                rx.fragment(),
            ),
            class_name="source",
        ),
    )


def _answer() -> rx.Component:
    return rx.el.div(
        rx.el.h2(
            State.card.of,
            icon_button(
                "arrow-left-right", t("The other way round"), on_click=State.swap
            ),
            class_name="label plain pair",
        ),
        rx.cond(
            State.card.rate,
            rx.el.p(
                rx.el.span(State.card.rate, class_name="num"),
                rx.el.span(State.card.unit, class_name="unit"),
                class_name="answer",
            ),
            rx.el.p(t("unknown"), class_name="answer muted"),
        ),
        rx.cond(
            State.card.moved_text,
            rx.el.p(
                moved(
                    rx.fragment(
                        way_of(State.card.moved),
                        State.card.moved.value,
                        " (",
                        State.card.moved.percent,
                        ")",
                    ),
                    State.card.moved.way,
                    "num medium",
                ),
                " ",
                rx.el.span(State.card.moved_text, class_name="muted"),
                class_name="rate-moved",
            ),
            rx.fragment(),
        ),
    )


def _tools() -> rx.Component:
    return rx.el.div(
        forms.segmented(
            "period",
            SPANS,
            label=t("Period"),
            value=State.period,
            on_change=State.choose_period,
        ),
        forms.select(
            "base",
            rx.foreach(State.choices, option),
            value=State.base,
            on_change=State.choose_base,
            custom_attrs={"aria-label": t("Shown in")},
        ),
        class_name="rate-tools",
    )


def _chart() -> rx.Component:
    return rx.cond(
        State.has_looked,
        rx.cond(
            State.hint,
            rx.el.p(State.hint, class_name="muted no-chart"),
            rate_chart(State.chart),
        ),
        chart_bone(),
    )
