"""Cards, notes inside a page, facts and bars."""

import reflex as rx

from fintrack.components.elements import Attributes, Tone, icon, page_link
from fintrack.components.text import Text


def card(*content: rx.Component, **attributes: Attributes) -> rx.Component:
    """A panel of its own; ``class_name="flush"`` takes the padding off for a list.

    Example:
        ``card(card_head(t("Accounts"), more=t("All"), to=routes.ACCOUNTS), …)``
    """
    extra = attributes.pop("class_name", "")
    return rx.el.section(*content, class_name=f"card {extra}".strip(), **attributes)


def card_head(
    title: Text, *aside: rx.Component, more: Text = "", to: Text = ""
) -> rx.Component:
    """The title of a card; with ``to`` a link to the page behind it.

    Example:
        ``card_head(t("Upcoming"), more=t("14 days"), to=routes.TRANSACTIONS)``
    """
    onward = (
        [page_link(more, icon("chevron-right", "s"), to=to, class_name="more")]
        if isinstance(to, rx.Var) or to
        else []
    )
    return rx.el.div(rx.el.h2(title), *aside, *onward, class_name="card-head")


def card_foot(*content: Text | rx.Component) -> rx.Component:
    """A last quiet sentence below a hairline."""
    return rx.el.div(*content, class_name="card-foot")


def callout(
    *sentence: Text | rx.Component, tone: Tone = "", icon_name: str = "info"
) -> rx.Component:
    """A note inside a page: one line, one reason, one way out.

    Example:
        ``callout(rx.el.b(t("Read-only.")), " ", State.reason, icon_name="lock")``
    """
    role: Attributes = "alert" if tone == "danger" else None
    return rx.el.div(
        icon(icon_name),
        rx.el.span(*sentence),
        class_name=f"callout {tone}".strip(),
        role=role,
    )


def facts(*pairs: tuple[Text, Text | rx.Component]) -> rx.Component:
    """Names on the left, values on the right.

    Example:
        ``facts((t("Currency"), State.currency), (t("Opened"), State.opened))``
    """
    cells = [
        cell for name, value in pairs for cell in (rx.el.dt(name), rx.el.dd(value))
    ]
    return rx.el.dl(*cells, class_name="facts")


def bar(width: Text, mark: Text = "", *, tone: Tone = "") -> rx.Component:
    """A bar 8 px high; the dark tick is the comparison. Words say the same beside it.

    Example:
        ``bar(row.width, row.mark)``
    """
    return rx.el.span(
        rx.el.i(style={"width": width}),
        rx.cond(mark, rx.el.em(style={"left": mark}), rx.fragment()),
        class_name=f"bar {tone}".strip(),
        aria_hidden="true",
    )


def columns(*content: rx.Component) -> rx.Component:
    """Twelve columns; wrap each card in ``span(8, …)`` or ``span(4, …)``.

    Two columns stand side by side from 1180 px, one below.
    """
    return rx.el.div(*content, class_name="columns")


def span(width: int, *content: rx.Component) -> rx.Component:
    """A column of ``columns``: ``width`` is 4, 6, 8 or 12; its cards are stacked."""
    return rx.el.div(*content, class_name=f"stack w{width}")
