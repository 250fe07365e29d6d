"""The currencies: what one of each is worth, and a converter."""

import reflex as rx

from fintrack.components import forms, lists, states
from fintrack.components.cards import callout, card, card_head, columns, span
from fintrack.components.currencies import moved, small_curve, star
from fintrack.components.elements import button, page_link
from fintrack.components.forms import option
from fintrack.components.layout import page_head
from fintrack.components.text import page_title, t
from fintrack.components.toolbars import filters
from fintrack.core import routes
from fintrack.core.currency_kinds import CRYPTO, HISTORIC, METAL, MONEY
from fintrack.pages.converter import converter
from fintrack.pages.framed import framed
from fintrack.state.converting import ConvertingState
from fintrack.state.currencies import CurrenciesState
from fintrack.state.currency_rows import CurrencyRow

STATE = CurrenciesState
KINDS = (
    (MONEY, t("Money")),
    (METAL, t("Metals")),
    (CRYPTO, t("Crypto")),
    (HISTORIC, t("Historic")),
)


@rx.page(
    route=routes.CURRENCIES,
    title=page_title(t("Currencies")),
    on_load=[CurrenciesState.load, ConvertingState.load],
)
def currencies() -> rx.Component:
    """The page."""
    return framed(
        page_head(t("Currencies"), sub=STATE.fresh),
        columns(span(8, _filters(), _list()), span(4, converter())),
        here=routes.CURRENCIES,
    )


def _filters() -> rx.Component:
    return filters(
        forms.search_input(
            "q",
            t("Code, name, symbol or country"),
            default_value=STATE.words,
            key=STATE.revision,
            on_change=STATE.search.debounce(300),
        ),
        forms.select(
            "base",
            rx.foreach(STATE.bases, option),
            value=STATE.base,
            on_change=STATE.choose_base,
            custom_attrs={"aria-label": t("Shown in")},
        ),
        forms.segmented(
            "kind",
            KINDS,
            label=t("Kind"),
            value=rx.cond(
                STATE.is_narrowed, STATE.kind, rx.cond(STATE.words, "", STATE.kind)
            ),
            on_change=STATE.choose_kind,
        ),
    )


def _list() -> rx.Component:
    return rx.cond(
        STATE.phase == "loading",
        card(states.loading_rows(8, t("Loading the currencies"))),
        rx.cond(
            STATE.phase == "failed",
            states.could_not_load(t("The currencies could not be loaded"), STATE.retry),
            rx.fragment(
                rx.el.p(STATE.found, class_name="sr", role="status"),
                _refusal(),
                rx.cond(STATE.words, rx.fragment(), _followed()),
                rx.cond(STATE.rows, _rows(), _none()),
            ),
        ),
    )


def _refusal() -> rx.Component:
    return rx.cond(
        STATE.refusal,
        callout(STATE.refusal, tone="danger", icon_name="triangle-alert"),
        rx.fragment(),
    )


def _followed() -> rx.Component:
    return rx.cond(
        STATE.followed,
        card(
            card_head(t("Currencies you follow")),
            lists.rows(STATE.followed, _row, t("Currencies you follow")),
        ),
        rx.fragment(),
    )


def _rows() -> rx.Component:
    return card(
        card_head(STATE.found),
        lists.rows(STATE.rows, _row, t("Currencies")),
        rx.cond(
            STATE.has_more,
            rx.el.div(
                button(t("Show more"), "soft", on_click=STATE.show_more),
                class_name="paging",
            ),
            rx.fragment(),
        ),
    )


def _row(row: CurrencyRow) -> rx.Component:
    return rx.el.div(
        page_link(
            rx.el.span(
                row.badge.text,
                class_name=f"glyph sign-text {row.badge.size}",
                aria_hidden="true",
            ),
            lists.what(row.name, row.detail),
            small_curve(STATE.curves[row.code]),
            rx.el.span(
                rx.el.span(row.rate, class_name="num"),
                rx.el.span(
                    moved(row.moved, row.way),
                    rx.cond(row.moved != "", rx.cond(row.note != "", " · ", ""), ""),
                    row.note,
                    class_name="muted small num",
                ),
                class_name="much",
            ),
            rx.el.span(row.source, class_name="said muted small"),
            to=row.href,
            class_name="row",
            custom_attrs={"data-row": ""},
        ),
        star(row.star, is_on=row.is_followed, on_click=STATE.follow(row.code)),
        class_name="starred",
    )


def _none() -> rx.Component:
    return states.empty(
        rx.cond(
            STATE.is_narrowed,
            t("No currency of this kind is called so"),
            t("No currency is called so"),
        ),
        t("Search for a code, a name, a symbol or a country."),
        button(t("Show all"), on_click=STATE.show_all),
        icon_name="search",
    )
