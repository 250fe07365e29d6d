"""All changes of the books, newest first, each with Undo or Redo."""

import reflex as rx

from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.elements import badge, button, icon, link_button
from fintrack.components.layout import back_link, page_head
from fintrack.components.lists import newest_rows, what
from fintrack.components.money import sentence
from fintrack.components.second_click import ONCE
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.framed import framed
from fintrack.state.change_rows import FieldRow, ThingRow
from fintrack.state.history import ChangeRow, HistoryState


@rx.page(
    route=routes.HISTORY, title=page_title(t("History")), on_load=HistoryState.load
)
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
    is_open = HistoryState.opened == change.id
    turned = rx.cond(change.undo_id, change.undo_id, change.redo_id)
    return rx.el.li(
        rx.el.div(
            what(
                rx.cond(change.about, change.name + ": " + change.about, change.name),
                change.who + " · " + change.when,
            ),
            rx.cond(change.is_undone, badge(t("Undone")), rx.fragment()),
            rx.cond(turned, _turn(change, turned), rx.fragment()),
            button(
                rx.fragment(t("What changed"), icon("chevron-down", "s")),
                "ghost",
                class_name="s opener",
                on_click=HistoryState.toggle(change.id),
                custom_attrs={
                    "aria-expanded": rx.cond(is_open, "true", "false"),
                },
            ),
            class_name="row change",
        ),
        rx.cond(_is_refused(change), _in_the_way(), rx.fragment()),
        rx.cond(is_open, _things(), rx.fragment()),
        tab_index=-1,
        custom_attrs={"data-row": ""},
        # The keyboard stays with its row where a new one comes above it.
        key=change.id,
    )


def _is_refused(change: ChangeRow) -> rx.Var[bool] | bool:
    """Whether it is the change whose undo or redo was refused just now."""
    refused = HistoryState.refused.id
    return (refused != "") & ((refused == change.undo_id) | (refused == change.redo_id))


def _in_the_way() -> rx.Component:
    """What stands in the way of taking the change back, thing by thing."""
    refused = HistoryState.refused
    return rx.el.div(
        rx.el.p(icon("triangle-alert", "s"), rx.el.span(refused.text)),
        rx.el.ul(
            rx.foreach(
                refused.rows,
                lambda one: rx.el.li(
                    sentence(one.what), rx.el.span(one.why, class_name="muted")
                ),
            )
        ),
        rx.cond(
            refused.more,
            rx.el.p(refused.more, class_name="muted"),
            rx.fragment(),
        ),
        class_name="in-the-way",
        role="note",
    )


def _turn(change: ChangeRow, change_id: rx.Var[str]) -> rx.Component:
    """Undo or Redo, one button: the keyboard stays on it when it turns."""
    return button(
        rx.cond(
            change.undo_id,
            rx.fragment(icon("undo-2", "s"), t("Undo")),
            rx.fragment(icon("redo-2", "s"), t("Redo")),
        ),
        class_name="s",
        on_click=HistoryState.undo(change_id),
        custom_attrs=ONCE,
    )


def _things() -> rx.Component:
    """What the open change did, thing by thing."""
    return rx.el.div(
        rx.foreach(HistoryState.things, _thing),
        rx.cond(
            HistoryState.more,
            rx.el.p(HistoryState.more, class_name="muted small"),
            rx.fragment(),
        ),
        rx.cond(
            HistoryState.things,
            rx.fragment(),
            rx.el.p(
                t("There is nothing to compare in this change."),
                class_name="muted small",
            ),
        ),
        class_name="things",
    )


def _thing(thing: ThingRow) -> rx.Component:
    return rx.el.table(
        rx.el.caption(rx.el.b(thing.name), " ", badge(thing.op)),
        rx.el.thead(
            rx.el.tr(
                rx.el.th(t("Field"), scope="col"),
                rx.el.th(t("Before"), scope="col"),
                rx.el.th(t("After"), scope="col"),
            ),
            class_name="sr",
        ),
        rx.el.tbody(rx.foreach(thing.fields, _field)),
    )


def _field(one: FieldRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(one.label, scope="row"),
        rx.el.td(rx.cond(one.before, sentence(one.before), "–"), class_name="was"),
        rx.el.td(rx.cond(one.after, sentence(one.after), "–")),
    )
