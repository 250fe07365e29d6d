"""All accounts: what is there, by type, and the forms to open and edit one."""

import reflex as rx

from fintrack.components import lists, money, states
from fintrack.components.cards import card, card_head
from fintrack.components.elements import (
    badge,
    button,
    glyph,
    icon_button,
    page_link,
)
from fintrack.components.layout import page_head
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.account_dialogs import account_dialogs
from fintrack.pages.framed import framed
from fintrack.state.accounts import (
    AccountGroup,
    AccountRow,
    AccountsState,
    CurrencyTotal,
)
from fintrack.state.rows import Amount


@rx.page(
    route=routes.ACCOUNTS, title=page_title(t("Accounts")), on_load=AccountsState.load
)
def accounts() -> rx.Component:
    """The page."""
    state = AccountsState
    return framed(
        page_head(
            t("Accounts"),
            rx.cond(
                state.is_loading | state.is_empty,
                rx.fragment(),
                button(
                    t("New account"),
                    "solid",
                    icon_name="plus",
                    on_click=state.start_new,
                ),
            ),
        ),
        rx.cond(state.is_loading, _loading(), _loaded()),
        account_dialogs(state),
        here=routes.ACCOUNTS,
        state=state,
    )


def _loading() -> rx.Component:
    return rx.el.div(
        card(states.loading_answer()),
        card(states.loading_rows(4, t("Loading the accounts"))),
        class_name="stack",
    )


def _loaded() -> rx.Component:
    state = AccountsState
    return rx.cond(
        state.has_failed,
        states.could_not_load(
            t("The accounts could not be loaded"),
            state.load,
            reference=state.failure,
        ),
        rx.cond(state.is_empty, _nothing_yet(), _groups()),
    )


def _nothing_yet() -> rx.Component:
    return states.nothing_yet(
        t("No accounts yet"),
        t("An account is a place where money is: a bank account, a card, cash."),
        button(
            t("Add an account"),
            "solid",
            icon_name="plus",
            on_click=AccountsState.start_new,
        ),
        icon_name="wallet",
    )


def _groups() -> rx.Component:
    state = AccountsState
    return rx.el.div(
        card(
            rx.el.div(
                money.answer(state.worth.label, state.worth.total),
                money.stats(
                    rx.cond(
                        state.worth.has_debt,
                        rx.fragment(
                            money.second(t("Owned"), state.worth.owned),
                            money.second(t("Owed"), state.worth.owed),
                        ),
                        rx.fragment(),
                    ),
                    rx.foreach(state.worth.others, _other),
                ),
                class_name="summary flat",
            ),
            money.quiet_note(state.worth.oldest),
            money.not_counted(state.worth.missing),
        ),
        rx.foreach(state.groups, _group),
        rx.cond(state.closed_label, _closed(), rx.fragment()),
        class_name="stack",
    )


def _other(total: CurrencyTotal) -> rx.Component:
    return money.second(total.label, total.amount)


def _group(group: AccountGroup) -> rx.Component:
    return card(
        card_head(
            group.name,
            rx.el.span(
                rx.foreach(group.totals, _group_total), class_name="totals muted"
            ),
        ),
        lists.rows(group.rows, _row, group.name),
    )


def _group_total(total: Amount) -> rx.Component:
    return rx.el.span(money.money(total))


def _row(row: AccountRow) -> rx.Component:
    return rx.el.div(
        page_link(
            glyph(row.glyph),
            lists.what(row.name, row.detail),
            rx.cond(
                row.is_read_only,
                badge(t("Read only"), "warn", icon_name="lock"),
                rx.fragment(),
            ),
            money.money(row.balance),
            to=row.href,
            class_name="row",
            custom_attrs={"data-row": ""},
        ),
        rx.el.span(
            icon_button(
                "pencil", t("Edit account"), on_click=AccountsState.start_edit(row.id)
            ),
            class_name="no-phone",
        ),
        class_name="row-with-tool",
    )


def _closed() -> rx.Component:
    state = AccountsState
    return rx.el.div(
        button(
            state.closed_label,
            "ghost",
            icon_name="archive",
            on_click=state.toggle_closed,
            custom_attrs={
                "aria-expanded": rx.cond(state.shows_closed, "true", "false")
            },
        ),
        rx.cond(
            state.shows_closed,
            card(lists.rows(state.closed, _closed_row, t("Closed accounts"))),
            rx.fragment(),
        ),
        class_name="stack tight",
    )


def _closed_row(row: AccountRow) -> rx.Component:
    return rx.el.div(
        page_link(
            glyph(row.glyph),
            lists.what(row.name, row.detail),
            to=row.href,
            class_name="row",
            custom_attrs={"data-row": ""},
        ),
        button(t("Open again"), "soft", on_click=AccountsState.reopen(row.id)),
        class_name="row-with-tool",
    )
