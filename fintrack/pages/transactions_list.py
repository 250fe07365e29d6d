"""The transactions by day, and what stands there when there are none."""

import reflex as rx

from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.elements import button, glyph, link_button
from fintrack.components.lists import day_head
from fintrack.components.marks import mark_button
from fintrack.components.money import money
from fintrack.components.picking import RowPicks, pick_box
from fintrack.components.tables import paging
from fintrack.components.text import t
from fintrack.core import routes
from fintrack.pages.transactions_attachments import named
from fintrack.state.rows import Amount
from fintrack.state.transaction_form import TransactionForm
from fintrack.state.transaction_rows import DayGroup, PartRow, TransactionRow
from fintrack.state.transactions import TransactionsState

PICKED = rx.Var.create(TransactionsState.picked).to(list[str])


def listed() -> rx.Component:
    """The list in whichever state it is."""
    state = TransactionsState
    shown = rx.match(
        state.status,
        ("loading", card(states.loading_rows(8, t("Loading the transactions")))),
        (
            "failed",
            states.could_not_load(
                t("The transactions could not be loaded"), state.retry
            ),
        ),
        rx.cond(state.days, _days(), _none()),
    )
    return rx.fragment(shown)


def _none() -> rx.Component:
    state = TransactionsState
    return rx.cond(
        state.has_any,
        states.nothing_matches(
            state.asked,
            t("Try other words, another period, or take the filters away."),
            state.clear_filters,
        ),
        rx.cond(
            state.has_accounts,
            states.nothing_yet(
                t("No transactions yet"),
                t("A transaction is money that came in, went out or moved."),
                button(
                    t("Add a transaction"),
                    "outline",
                    icon_name="plus",
                    on_click=TransactionForm.open_new,
                ),
                link_button(t("Import a statement"), routes.IMPORT),
                icon_name="arrow-left-right",
            ),
            states.nothing_yet(
                t("First an account"),
                t("Transactions happen on an account: a bank account, a card, cash."),
                link_button(t("Add an account"), routes.new_account(), "solid"),
                icon_name="wallet",
            ),
        ),
    )


def _days() -> rx.Component:
    state = TransactionsState
    return rx.el.section(
        RowPicks.create(
            rx.foreach(state.days, _day),
            is_picking=state.is_picking,
            label=state.picked_label,
            on_pick=state.pick,
            on_all=state.pick_all,
            on_start=state.start_picking,
            on_drop=state.drop_picks,
        ),
        rx.cond(
            (state.newer != "") | (state.older != ""),
            paging(
                state.page_label,
                has_newer=state.newer != "",
                has_older=state.older != "",
                on_newer=state.show_newer,
                on_older=state.show_older,
            ),
            rx.el.p(state.page_label, class_name="paging small"),
        ),
        class_name="card flush list",
        aria_label=t("Transactions by day"),
    )


def _day(day: DayGroup) -> rx.Component:
    return rx.fragment(
        day_head(
            day.name,
            day.date,
            rx.el.span(rx.foreach(day.sums, _sum), class_name="sums"),
        ),
        rx.el.ul(rx.foreach(day.rows, _line), class_name="txs"),
    )


def _sum(amount: Amount) -> rx.Component:
    return money(amount)


def _line(row: TransactionRow) -> rx.Component:
    """A row with its box; what is void takes no change and has none."""
    is_on = PICKED.contains(row.id)
    return rx.el.li(
        rx.cond(row.is_void, rx.fragment(), pick_box(row.select_label, is_on=is_on)),
        _row(row),
        _mark(row),
        class_name=rx.cond(is_on, "line-of-list on", "line-of-list"),
        custom_attrs={"data-line": ""},
    )


def _row(row: TransactionRow) -> rx.Component:
    return rx.el.button(
        rx.cond(row.needs_category, glyph(row.glyph, "warn"), glyph(row.glyph)),
        rx.el.span(
            named(row.name, row.attached),
            rx.cond(
                row.detail,
                rx.el.span(row.detail, class_name="muted small truncate line-extra"),
                rx.fragment(),
            ),
            rx.el.span(row.on_phone, class_name="phone-meta muted small truncate"),
            class_name="who",
        ),
        rx.cond(
            row.needs_category,
            rx.el.span(t("Choose a category"), class_name="meta truncate accent"),
            rx.el.span(row.category, class_name="meta truncate"),
        ),
        rx.el.span(row.account, class_name="meta acct muted truncate"),
        rx.el.span(
            money(row.amount),
            rx.cond(
                row.second,
                rx.el.span(row.second, class_name="amt small muted"),
                rx.fragment(),
            ),
            class_name="much",
        ),
        rx.cond(
            row.parts,
            rx.el.span(rx.foreach(row.parts, _part), class_name="tx-parts small"),
            rx.fragment(),
        ),
        type="button",
        class_name=rx.cond(row.is_void, "tx void", "tx"),
        on_click=TransactionForm.open_edit(row.id),
        custom_attrs={"data-row": "", "data-pick": row.pick},
    )


def _mark(row: TransactionRow) -> rx.Component:
    """Beside the row, not in it: a button holds no button."""
    return mark_button(
        row.mark, on_click=TransactionsState.toggle_cleared(row.id), class_name="beside"
    )


def _part(part: PartRow) -> rx.Component:
    return rx.el.span(
        rx.el.span(part.name, class_name="truncate"),
        rx.el.span(part.memo, class_name="muted truncate"),
        money(part.amount),
    )
