"""Transactions: the answer of the view, filters, the entry line, the list by day."""

import reflex as rx

from fintrack.components.elements import button, key_hint, link_button
from fintrack.components.layout import page_head
from fintrack.components.money import money, not_counted, quiet_note, second, stats
from fintrack.components.offers import rule_offer
from fintrack.components.text import t
from fintrack.components.toolbars import period_picker
from fintrack.core import routes
from fintrack.pages.framed import framed
from fintrack.pages.transactions_attachments import void_dialog
from fintrack.pages.transactions_entry import edit_dialog, entry_line
from fintrack.pages.transactions_files import export_button
from fintrack.pages.transactions_filters import filter_bar, filter_dialog
from fintrack.pages.transactions_list import listed
from fintrack.pages.transactions_many import deed_dialogs, deeds_bar
from fintrack.pages.transactions_questions import lock_question, void_question
from fintrack.state.transaction_form import TransactionForm
from fintrack.state.transactions import TransactionsState

TITLE = "Transactions · FinTrack"
# Without an account there is nothing to filter and nothing to enter on.
HAS_PLACE = (
    (TransactionsState.status == "loading")
    | TransactionsState.has_accounts
    | TransactionsState.has_any
)


@rx.page(
    route=routes.TRANSACTIONS,
    title=TITLE,
    on_load=[TransactionsState.load, TransactionForm.load],
)
def transactions() -> rx.Component:
    """The page."""
    state = TransactionsState
    return framed(
        page_head(t("Transactions"), *_tools()),
        rx.cond(state.summary.is_shown, _summary(), rx.fragment()),
        rx.cond(HAS_PLACE, filter_bar(), rx.fragment()),
        rx.cond(TransactionForm.mode == "new", entry_line(), rx.fragment()),
        rx.cond(state.offer, _offer(), rx.fragment()),
        listed(),
        deeds_bar(),
        deed_dialogs(),
        filter_dialog(),
        edit_dialog(),
        void_dialog(),
        void_question(),
        lock_question(),
        here=routes.TRANSACTIONS,
        state=state,
        shortcuts={
            "on_new": TransactionForm.open_new,
            "on_close": TransactionForm.escape,
        },
        undone=[TransactionForm.reread_templates],
    )


def _offer() -> rx.Component:
    return rule_offer(TransactionsState.offer, TransactionsState.offer_href)


def _tools() -> list[rx.Component]:
    state = TransactionsState
    return [
        rx.cond(
            HAS_PLACE,
            period_picker(
                state.period,
                state.periods,
                state.choose_period,
                on_earlier=state.show_earlier,
                on_later=state.show_later,
            ),
            rx.fragment(),
        ),
        rx.cond(
            state.days,
            button(
                t("Select"),
                icon_name="list-checks",
                class_name="only-phone",
                on_click=state.start_picking,
                custom_attrs={"data-starts-picks": ""},
            ),
            rx.fragment(),
        ),
        link_button(t("History"), routes.HISTORY, icon_name="history"),
        rx.cond(state.has_any, export_button(), rx.fragment()),
        rx.cond(
            HAS_PLACE,
            button(
                rx.fragment(t("New transaction"), key_hint("n")),
                "solid",
                icon_name="plus",
                class_name="no-phone",
                on_click=TransactionForm.open_new,
                custom_attrs={"data-opens-entry": ""},
            ),
            rx.fragment(),
        ),
    ]


def _summary() -> rx.Component:
    """What went out is the answer; the rest stands beside."""
    state = TransactionsState
    summary = state.summary
    return rx.el.section(
        rx.el.div(
            rx.el.p(state.out_label, class_name="label"),
            rx.el.p(money(summary.went_out), class_name="answer"),
        ),
        stats(
            second(t("In"), summary.came_in),
            second(t("Left"), summary.left),
            rx.el.div(
                rx.el.span(t("Transactions"), class_name="label"),
                rx.el.span(summary.count, class_name="second num"),
                class_name="no-phone",
            ),
        ),
        quiet_note(summary.oldest),
        not_counted(summary.missing),
        class_name="summary",
        aria_label=t("Summary of this view"),
    )
