"""What one holds of a currency: its accounts, their sum, and what that is worth."""

import reflex as rx

from fintrack.components.cards import card, card_head
from fintrack.components.elements import page_link
from fintrack.components.money import money, sentence
from fintrack.components.text import t
from fintrack.state.holdings import HeldRow
from fintrack.state.holdings import HoldingsState as State


def holdings() -> rx.Component:
    """The card; nothing for who holds none of it."""
    return rx.cond(
        State.rows,
        card(
            card_head(t("You hold")),
            rx.el.p(money(State.total), class_name="second"),
            rx.cond(
                State.worth,
                rx.el.p(sentence(State.worth), class_name="muted"),
                rx.fragment(),
            ),
            rx.el.ul(rx.foreach(State.rows, _account), class_name="held"),
        ),
        rx.fragment(),
    )


def _account(row: HeldRow) -> rx.Component:
    return rx.el.li(
        page_link(row.name, to=row.href, class_name="link truncate"),
        money(row.balance),
    )
