"""The bar above the transactions: search, account, category, and what is on."""

import reflex as rx

from fintrack.components.dialogs import dialog
from fintrack.components.elements import button, chip, page_link
from fintrack.components.forms import (
    amount_input,
    checkbox,
    date_input,
    field,
    form_actions,
    option,
    option_group,
    search_input,
    select,
    two,
)
from fintrack.components.text import Text, t
from fintrack.components.toolbars import filters
from fintrack.core import routes
from fintrack.state.transaction_chips import FilterChip
from fintrack.state.transaction_filters import NO_CATEGORY
from fintrack.state.transactions import TransactionsState


def filter_bar() -> rx.Component:
    """Each change is an address, so that a reload shows the same."""
    state = TransactionsState
    return filters(
        search_input(
            "q",
            t("Payee, note, description"),
            default_value=state.shown.q,
            key=state.shown.q,
            on_change=state.search.debounce(400),
        ),
        select(
            "account-filter",
            [
                rx.el.option(t("All accounts"), value=""),
                rx.foreach(state.accounts, option),
            ],
            value=state.shown.account,
            on_change=state.choose_account,
            custom_attrs={"aria-label": t("Account")},
        ),
        select(
            "category-filter",
            [
                rx.el.option(t("All categories"), value=""),
                rx.el.option(t("No category"), value=NO_CATEGORY),
                rx.foreach(state.categories, option_group),
            ],
            value=state.shown.category,
            on_change=state.choose_category,
            custom_attrs={"aria-label": t("Category")},
        ),
        button(
            t("More"),
            class_name="s",
            icon_name="list-filter",
            on_click=state.set_filters(True),
        ),
        rx.foreach(state.chips, _chip),
    )


def filter_dialog() -> rx.Component:
    """Days, amounts, a tag, and what is said of each: cleared, void, its files."""
    state = TransactionsState
    return dialog(
        t("Filters"),
        rx.form(
            two(
                _day("since", t("From"), state.filter_since),
                _day("until", t("To"), state.filter_until),
            ),
            two(
                _amount("least", t("Amount from"), state.shown.least),
                _amount("most", t("Amount to"), state.shown.most),
            ),
            rx.cond(state.tags, _tag(), rx.fragment()),
            field(t("Seen by the bank"), "cleared", _cleared()),
            checkbox(
                "void",
                t("Show void ones too"),
                default_checked=state.shown.void == "1",
            ),
            checkbox(
                "files",
                t("Only with files"),
                default_checked=state.shown.files == "1",
            ),
            form_actions(
                button(t("Clear filters"), "ghost", on_click=state.clear_filters),
                button(t("Apply"), "solid", type="submit"),
            ),
            class_name="form",
            on_submit=state.filter,
        ),
        is_open=state.shows_filters,
        on_open_change=state.set_filters,
    )


def _tag() -> rx.Component:
    tag = select(
        "tag",
        [
            rx.el.option(t("All tags"), value=""),
            rx.foreach(TransactionsState.tags, option),
        ],
        default_value=TransactionsState.shown.tag,
    )
    return rx.fragment(
        field(t("Tag"), "tag", tag),
        page_link(
            t("Rename, merge or remove tags"), to=routes.TAGS, class_name="link small"
        ),
    )


def _cleared() -> rx.Component:
    return select(
        "cleared",
        [
            rx.el.option(t("All of them"), value=""),
            rx.el.option(t("Cleared"), value="yes"),
            rx.el.option(t("Not cleared"), value="no"),
        ],
        default_value=TransactionsState.shown.cleared,
    )


def _day(name: str, label: Text, value: Text) -> rx.Component:
    error = TransactionsState.filter_errors[name]
    return field(
        label, name, date_input(name, error=error, default_value=value), error=error
    )


def _amount(name: str, label: Text, value: Text) -> rx.Component:
    error = TransactionsState.filter_errors[name]
    return field(
        label, name, amount_input(name, error=error, default_value=value), error=error
    )


def _chip(one: FilterChip) -> rx.Component:
    return chip(
        one.label, is_on=True, on_click=TransactionsState.remove_filter(one.name)
    )
