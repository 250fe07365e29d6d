"""One account: the balance, its curve, its latest transactions."""

import reflex as rx

from fintrack.components import lists, money, states
from fintrack.components.cards import callout, card, card_head
from fintrack.components.charts import net_worth_chart
from fintrack.components.elements import (
    button,
    glyph,
    icon_button,
    link_button,
    page_link,
)
from fintrack.components.forms import segmented
from fintrack.components.layout import back_link, page_head
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.account_dialogs import account_dialogs
from fintrack.pages.account_past import past
from fintrack.pages.framed import framed
from fintrack.state.account import AccountState, Movement

SPAN_NAMES = (
    ("1m", t("1M")),
    ("3m", t("3M")),
    ("6m", t("6M")),
    ("1y", t("1Y")),
    ("all", t("All")),
)


@rx.page(
    route=routes.ACCOUNT, title=page_title(t("Account")), on_load=AccountState.load
)
def account() -> rx.Component:
    """The page."""
    state = AccountState
    return framed(
        rx.cond(
            state.is_loading,
            _loading(),
            rx.cond(
                state.has_failed,
                states.could_not_load(
                    t("The account could not be loaded"),
                    state.load,
                    reference=state.failure,
                ),
                rx.cond(state.is_missing, _missing(), _loaded()),
            ),
        ),
        account_dialogs(state),
        here=routes.ACCOUNTS,
        state=state,
    )


def _loading() -> rx.Component:
    return rx.el.div(
        page_head(t("Account")),
        card(states.loading_answer(), rx.el.div(class_name="chart-bone bone")),
        card(states.loading_rows(5, t("Loading the account"))),
        class_name="stack",
    )


def _missing() -> rx.Component:
    return states.empty(
        t("There is no such account"),
        t("It does not exist, or it is in the books of somebody else."),
        link_button(t("All accounts"), routes.ACCOUNTS),
        icon_name="search",
    )


def _loaded() -> rx.Component:
    return rx.fragment(
        _head(), rx.el.div(_balance(), _latest(), past(), class_name="stack")
    )


def _head() -> rx.Component:
    state = AccountState
    return rx.fragment(
        back_link(t("Accounts"), routes.ACCOUNTS),
        page_head(
            state.card.name,
            _actions(),
            sub=state.card.detail,
        ),
        rx.cond(
            state.card.is_closed,
            rx.el.div(
                callout(
                    t("This account is closed. Its transactions stay."),
                    icon_name="archive",
                ),
                class_name="above",
            ),
            rx.fragment(),
        ),
        rx.cond(state.card.is_read_only, _read_only(), rx.fragment()),
    )


def _read_only() -> rx.Component:
    return rx.el.div(
        callout(
            rx.el.b(t("Read only.")),
            " ",
            t(
                "This account is beyond your plan: it takes no transactions, and "
                "nothing on it is lost. Close another account to make room for it, or "
                "choose a larger plan."
            ),
            tone="warn",
            icon_name="lock",
        ),
        class_name="above",
    )


def _actions() -> rx.Component:
    return rx.cond(
        AccountState.card.is_closed,
        button(
            t("Open again"),
            "solid",
            on_click=AccountState.reopen(AccountState.card.id),
        ),
        rx.fragment(
            link_button(
                t("Reconcile"),
                AccountState.card.reconcile_page,
                icon_name="list-checks",
            ),
            rx.cond(AccountState.card.is_read_only, rx.fragment(), _import()),
            icon_button(
                "pencil",
                t("Edit account"),
                on_click=AccountState.start_edit(AccountState.card.id),
            ),
        ),
    )


def _import() -> rx.Component:
    return link_button(t("Import"), AccountState.card.import_page, icon_name="import")


def _balance() -> rx.Component:
    state = AccountState
    return card(
        rx.el.div(
            rx.el.div(
                money.answer(state.card.label, state.card.balance),
                money.change(state.card.moved, state.card.moved_text),
                rx.cond(
                    state.card.planned,
                    rx.el.p(
                        money.sentence(state.card.planned), class_name="muted small"
                    ),
                    rx.fragment(),
                ),
            ),
            segmented(
                "span",
                SPAN_NAMES,
                label=t("Period"),
                value=state.span,
                on_change=state.choose_span,
            ),
            class_name="answer-with-tools",
        ),
        rx.cond(
            state.has_chart,
            net_worth_chart(state.chart),
            rx.el.p(
                t("The curve begins with the first transaction."), class_name="muted"
            ),
        ),
        rx.cond(
            state.card.note,
            rx.el.p(state.card.note, class_name="card-foot"),
            rx.fragment(),
        ),
    )


def _latest() -> rx.Component:
    state = AccountState
    return rx.cond(
        state.has_movements,
        card(
            card_head(
                t("Latest transactions"),
                more=t("All"),
                to=state.card.transactions,
            ),
            lists.rows(state.movements, _movement, t("Latest transactions")),
            rx.cond(
                state.has_more,
                rx.el.p(
                    page_link(
                        t("All transactions of this account"),
                        to=state.card.transactions,
                        class_name="link",
                    ),
                    class_name="card-foot",
                ),
                rx.fragment(),
            ),
        ),
        states.nothing_yet(
            t("No transactions on this account yet"),
            t("Import a file from your bank, or enter the first one by hand."),
            link_button(t("Import a file"), state.card.import_page, icon_name="import"),
            link_button(t("Enter one"), routes.new_transaction(), "ghost"),
            icon_name="arrow-left-right",
        ),
    )


def _movement(row: Movement) -> rx.Component:
    return rx.el.div(
        glyph(row.glyph),
        lists.what(row.name, row.detail),
        money.money(row.amount),
        class_name="row",
    )
