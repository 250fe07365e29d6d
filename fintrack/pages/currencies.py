"""The currencies: what one of each is worth, and a converter."""

import reflex as rx

from fintrack.components import forms, lists, states
from fintrack.components.cards import callout, card, card_head, columns, span
from fintrack.components.converting import following_input
from fintrack.components.currencies import small_curve, star
from fintrack.components.elements import Attributes, button, icon_button, page_link
from fintrack.components.layout import page_head
from fintrack.components.text import Text, page_title, t
from fintrack.components.toolbars import filters
from fintrack.core import routes
from fintrack.pages.account_dialogs import option
from fintrack.pages.framed import framed
from fintrack.state.converting import ConvertingState
from fintrack.state.currencies import CurrenciesState
from fintrack.state.currency_rows import CRYPTO, HISTORIC, METAL, MONEY, CurrencyRow

STATE, CONVERTER = CurrenciesState, ConvertingState
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
        columns(span(8, _filters(), _list()), span(4, _converter())),
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
            value=rx.cond(STATE.words, "", STATE.kind),
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
            card_head(t("Following")), lists.rows(STATE.followed, _row, t("Following"))
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
                rx.cond(row.sign, row.sign, row.code),
                class_name="glyph sign-text",
                aria_hidden="true",
            ),
            lists.what(row.name, row.detail),
            small_curve(STATE.curves[row.code]),
            rx.el.span(
                rx.el.span(row.rate, class_name="num"),
                rx.el.span(row.note, class_name="muted small num"),
                class_name="much",
                title=row.source,
            ),
            to=row.href,
            class_name="row",
            custom_attrs={"data-row": ""},
        ),
        star(row.star, is_on=row.is_followed, on_click=STATE.follow(row.code)),
        class_name="starred",
    )


def _none() -> rx.Component:
    return states.empty(
        t("No currency is called so"),
        t("Search for a code, a name, a symbol or a country."),
        button(t("Show all"), on_click=STATE.choose_kind(MONEY)),
        icon_name="search",
    )


def _converter() -> rx.Component:
    return card(
        card_head(t("Convert")),
        rx.el.div(
            _side(
                t("Amount"),
                "left",
                following_input(
                    "left", text=CONVERTER.left, on_type=CONVERTER.type_left
                ),
                _code(
                    "left",
                    t("Currency of the amount"),
                    CONVERTER.left_code,
                    CONVERTER.choose_left,
                ),
            ),
            icon_button("arrow-up-down", t("Swap"), on_click=CONVERTER.swap),
            _side(
                t("Result"),
                "right",
                following_input(
                    "right", text=CONVERTER.right, on_type=CONVERTER.type_right
                ),
                _code(
                    "right",
                    t("Currency of the result"),
                    CONVERTER.right_code,
                    CONVERTER.choose_right,
                ),
            ),
            *_day(),
            class_name="form converter",
        ),
    )


def _day() -> list[rx.Component]:
    """Of which day the rate is, and who said it."""
    return [
        forms.field(
            t("At the rate of"),
            "rate-day",
            forms.date_input(
                "rate-day",
                default_value=CONVERTER.on,
                key=CONVERTER.latest,
                max=CONVERTER.latest,
                on_change=CONVERTER.choose_day.debounce(250),
            ),
        ),
        rx.el.p(
            rx.cond(CONVERTER.error, CONVERTER.error, CONVERTER.said),
            class_name="muted small",
            role="status",
        ),
    ]


def _side(
    label: Text, name: str, amount: rx.Component, code: rx.Component
) -> rx.Component:
    """An amount with its currency."""
    return rx.el.div(forms.field(label, name, amount), code, class_name="side-of-two")


def _code(name: str, label: Text, code: Text, on_choose: Attributes) -> rx.Component:
    return forms.select(
        f"{name}-code",
        rx.foreach(CONVERTER.choices, option),
        value=code,
        on_change=on_choose,
        custom_attrs={"aria-label": label},
    )
