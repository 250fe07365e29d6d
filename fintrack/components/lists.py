"""Rows of two lines: glyph, name and detail, amount."""

from collections.abc import Callable

import reflex as rx

from fintrack.components.cards import card, card_head
from fintrack.components.elements import Attributes, button, glyph, page_link
from fintrack.components.money import sentence
from fintrack.components.text import Text, t


def rows(
    items: Attributes, row: Callable[..., rx.Component], label: Text
) -> rx.Component:
    """A list whose rows are reached with the arrow keys.

    Example:
        ``rows(State.accounts, account_row, t("Accounts"))``
    """
    return rx.el.ul(
        rx.foreach(items, lambda item: rx.el.li(row(item))),
        class_name="rows",
        custom_attrs={"data-rows": "", "aria-label": label},
    )


def titled(
    title: Text, items: Attributes, row: Callable[..., rx.Component]
) -> rx.Component:
    """A card with rows below its title.

    Example:
        ``titled(t("Earlier imports"), State.past, past_row)``
    """
    return card(card_head(title), rows(items, row, title))


def titled_if_any(
    title: Text, items: Attributes, row: Callable[..., rx.Component]
) -> rx.Component:
    """A card with rows below its title, and nothing at all without rows."""
    return rx.cond(items, titled(title, items, row), rx.fragment())


def newest_rows(
    items: Attributes,
    row: Callable[..., rx.Component],
    label: Text,
    *,
    has_older: Attributes,
    on_older: Attributes,
) -> rx.Component:
    """A card of rows, newest first, and below it the way to the older ones.

    The arrow keys reach rows with ``data-row``.

    Example:
        ``newest_rows(State.rows, _row, t("History"), has_older=State.older, …)``
    """
    return card(
        rx.el.ul(
            rx.foreach(items, row),
            class_name="rows inset",
            custom_attrs={"data-rows": "", "aria-label": label},
        ),
        rx.cond(
            has_older,
            rx.el.div(
                button(t("Older"), "soft", on_click=on_older), class_name="paging"
            ),
            rx.fragment(),
        ),
        class_name="flush list",
    )


def row(
    name: Text, detail: Text, *much: rx.Component, glyph_name: Text = "", to: Text = ""
) -> rx.Component:
    """One row; with ``to`` the whole row is the link.

    Example:
        ``row(a.name, a.kind, two_amounts(a.balance, a.base), glyph_name=a.glyph, …)``
    """
    leading = (
        [glyph(glyph_name)] if isinstance(glyph_name, rx.Var) or glyph_name else []
    )
    parts = [*leading, what(name, detail), *much]
    if isinstance(to, rx.Var) or to:
        return page_link(*parts, to=to, class_name="row", custom_attrs={"data-row": ""})
    return rx.el.div(*parts, class_name="row")


def what(name: Text, detail: Text) -> rx.Component:
    """The two lines of a row; both are cut with an ellipsis."""
    return rx.el.span(
        rx.el.b(name, class_name="truncate"),
        rx.el.span(sentence(detail), class_name="muted small truncate"),
        class_name="what",
    )


def day_head(day: Text, date: Text, *total: rx.Component) -> rx.Component:
    """The head of a day inside a list of transactions.

    Example:
        ``day_head(day.name, day.date, money(day.sum))``
    """
    return rx.el.div(
        rx.el.h2(day),
        rx.el.span(date, class_name="muted"),
        *total,
        class_name="day",
    )
