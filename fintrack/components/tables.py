"""Tables, and the footer that turns their pages."""

from collections.abc import Callable, Sequence

import reflex as rx

from fintrack.components.elements import Attributes, button
from fintrack.components.text import Text, t


def table(
    heads: Sequence[Text],
    items: Attributes,
    row: Callable[..., rx.Component],
    *,
    caption: Text,
) -> rx.Component:
    """A table that becomes two-line rows on a phone; arrows move between its rows.

    The first head belongs to the row's name, the last to an amount (right-aligned).

    Example:
        ``table([t("Name"), t("Balance")], State.rows, account_row, caption=t("…"))``
    """
    return rx.el.table(
        rx.el.caption(caption, class_name="sr"),
        rx.el.thead(rx.el.tr(*[rx.el.th(head, scope="col") for head in heads])),
        rx.el.tbody(rx.foreach(items, row), custom_attrs={"data-rows": ""}),
        class_name="grid-table",
    )


def table_row(*cells: Text | rx.Component, **attributes: Attributes) -> rx.Component:
    """One row; it takes the focus when one moves with the arrows.

    Example:
        ``table_row(row.name, money(row.balance), on_click=State.open(row.id))``
    """
    return rx.el.tr(
        *[rx.el.td(cell) for cell in cells],
        tab_index=0,
        custom_attrs={"data-row": ""},
        **attributes,
    )


def paging(
    summary: Text,
    *,
    has_newer: bool | rx.Var[bool],
    has_older: bool | rx.Var[bool],
    on_newer: Attributes,
    on_older: Attributes,
) -> rx.Component:
    """The footer of a list in keyset pages: what is seen, newer, older.

    Example:
        ``paging(State.page_label, has_newer=State.has_newer, …, on_older=State.older)``
    """
    return rx.el.nav(
        rx.el.span(summary, class_name="num", aria_live="polite"),
        rx.el.span(
            button(
                t("Newer"),
                "soft",
                icon_name="chevron-left",
                disabled=~_flag(has_newer),
                on_click=on_newer,
            ),
            button(
                t("Older"),
                "soft",
                icon_name="chevron-right",
                class_name="icon-last",
                disabled=~_flag(has_older),
                on_click=on_older,
            ),
            class_name="line",
        ),
        class_name="paging",
        aria_label=t("Pages"),
    )


def _flag(value: bool | rx.Var[bool]) -> rx.vars.BooleanVar:
    return rx.Var.create(value).to(bool)
