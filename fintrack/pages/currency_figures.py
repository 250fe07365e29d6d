"""Figures of one currency: how far its rate moved, where it stands, what it is."""

import reflex as rx

from fintrack.components.cards import card, card_head
from fintrack.components.currencies import moved
from fintrack.components.elements import icon, page_link
from fintrack.components.text import t
from fintrack.state.currency import CurrencyState as State
from fintrack.state.currency_about import AboutRow, MoveRow


def changes() -> rx.Component:
    """Day, week, month and year, and the place between low and high."""
    return card(
        card_head(t("How it changed")),
        rx.el.dl(rx.foreach(State.moves, _change), class_name="changes"),
        rx.cond(
            State.card.moves_until,
            rx.el.p(State.card.moves_until, class_name="muted small whose"),
            rx.fragment(),
        ),
        rx.cond(
            State.card.moves_hint,
            rx.el.p(State.card.moves_hint, class_name="muted small whose"),
            rx.fragment(),
        ),
        rx.cond(
            State.span_bar.mark,
            rx.el.div(
                rx.el.span(
                    rx.el.span(t("Low"), class_name="muted"),
                    " ",
                    rx.el.b(State.span_bar.low, class_name="medium"),
                ),
                rx.el.span(
                    rx.el.em(style={"left": State.span_bar.mark}),
                    class_name="bar",
                    aria_hidden="true",
                ),
                rx.el.span(
                    rx.el.b(State.span_bar.high, class_name="medium"),
                    " ",
                    rx.el.span(t("High"), class_name="muted"),
                ),
                rx.el.span(State.span_bar.words, class_name="sr"),
                class_name="range",
            ),
            rx.fragment(),
        ),
    )


def _change(row: MoveRow) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row.name),
        rx.el.dd(
            moved(rx.fragment(way_of(row), row.percent), row.way), class_name="big"
        ),
        rx.el.dd(row.value, class_name="muted"),
    )


def about() -> rx.Component:
    """What is known of the currency itself."""
    return card(
        card_head(t("About")),
        rx.el.dl(rx.foreach(State.about, _fact), class_name="facts"),
    )


def _fact(row: AboutRow) -> rx.Component:
    return rx.fragment(
        rx.el.dt(row.name),
        rx.el.dd(
            rx.cond(
                row.href,
                page_link(row.value, to=row.href, class_name="link"),
                row.value,
            )
        ),
    )


def way_of(row: MoveRow) -> rx.Component:
    """An arrow up or down; nothing for what did not move."""
    return rx.fragment(
        rx.match(
            row.way,
            ("up", icon("arrow-up-right", "xs")),
            ("down", icon("arrow-down-right", "xs")),
            rx.fragment(),
        )
    )
