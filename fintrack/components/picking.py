"""Rows that are selected, by keys, mouse or finger."""

import reflex as rx

from fintrack.components.elements import icon
from fintrack.components.text import Text


def _rows(
    ids: rx.Var[list[str]], on: rx.Var[bool]
) -> tuple[rx.Var[list[str]], rx.Var[bool]]:
    return (ids, on)


class RowPicks(rx.Component):
    """The list around such rows; see ``assets/row_picks.jsx``.

    ``label`` says how many are selected, empty for none; while ``is_picking`` a click
    selects, and from the click on a button with ``data-starts-picks`` on, before the
    state has heard of it. ``on_pick`` is called with ids of rows and whether they are
    selected now.

    Example:
        ``RowPicks.create(rx.foreach(State.rows, row), on_pick=State.pick, …)``
    """

    library = "$/public/row_picks.jsx"
    tag = "RowPicks"

    is_picking: rx.Var[bool]
    label: rx.Var[str]
    on_pick: rx.EventHandler[_rows]
    on_all: rx.EventHandler[rx.event.no_args_event_spec]
    on_start: rx.EventHandler[rx.event.no_args_event_spec]
    on_drop: rx.EventHandler[rx.event.no_args_event_spec]


def pick_box(label: Text, *, is_on: rx.Var[bool]) -> rx.Component:
    """The box beside a row. Keys reach the row itself, so that Tab passes by.

    Example:
        ``rx.el.li(pick_box(row.name, is_on=S.picked.contains(row.id)), row(…))``
    """
    return rx.el.button(
        icon("check", "s"),
        type="button",
        role="checkbox",
        tab_index=-1,
        class_name="row-box",
        custom_attrs={
            "data-box": "",
            "aria-checked": rx.cond(is_on, "true", "false"),
            "aria-label": label,
        },
    )
