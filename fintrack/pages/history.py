"""All changes of the books, newest first, each with Undo or Redo."""

import reflex as rx

from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.elements import badge, button, link_button
from fintrack.components.layout import back_link, page_head
from fintrack.components.lists import newest_rows, what
from fintrack.components.text import t
from fintrack.core import routes
from fintrack.pages.framed import framed
from fintrack.state.history import ChangeRow, HistoryState


@rx.page(route=routes.HISTORY, title="History · FinTrack", on_load=HistoryState.load)
def history() -> rx.Component:
    """The page."""
    state = HistoryState
    return framed(
        back_link(t("Transactions"), routes.TRANSACTIONS),
        page_head(
            t("History"),
            sub=t("Every change of these books. Undo reaches 30 days back."),
        ),
        rx.fragment(
            rx.match(
                state.status,
                ("loading", card(states.loading_rows(8, t("Loading the history")))),
                (
                    "failed",
                    states.could_not_load(
                        t("The history could not be loaded"), state.load
                    ),
                ),
                rx.cond(state.rows, _changes(), _none()),
            )
        ),
        here=routes.TRANSACTIONS,
        state=state,
        shortcuts={"on_undo": state.undo_last},
    )


def _changes() -> rx.Component:
    return newest_rows(
        HistoryState.rows,
        _row,
        t("History"),
        has_older=HistoryState.older,
        on_older=HistoryState.show_older,
    )


def _none() -> rx.Component:
    return states.nothing_yet(
        t("No changes yet"),
        t("What you add or change is listed here and can be taken back."),
        link_button(t("Transactions"), routes.TRANSACTIONS),
        icon_name="history",
    )


def _row(change: ChangeRow) -> rx.Component:
    return rx.el.li(
        what(change.name, change.when),
        rx.cond(change.is_undone, badge(t("Undone")), rx.fragment()),
        rx.cond(
            change.undo_id,
            button(
                t("Undo"),
                class_name="s",
                icon_name="undo-2",
                on_click=HistoryState.undo(change.undo_id),
            ),
            rx.fragment(),
        ),
        rx.cond(
            change.redo_id,
            button(
                t("Redo"),
                class_name="s",
                icon_name="redo-2",
                on_click=HistoryState.undo(change.redo_id),
            ),
            rx.fragment(),
        ),
        class_name="row",
    )
