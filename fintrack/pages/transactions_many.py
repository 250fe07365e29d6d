"""The bar above selected transactions, and the forms of what is done with them."""

import reflex as rx

from fintrack.components.cards import callout
from fintrack.components.dialogs import confirm, dialog
from fintrack.components.elements import button, icon, icon_button
from fintrack.components.forms import (
    date_input,
    field,
    form_actions,
    option,
    option_group,
    select,
    text_input,
)
from fintrack.components.text import Text, t
from fintrack.components.toolbars import bulk_bar
from fintrack.state.many import ManyState
from fintrack.state.transactions import TransactionsState

MANY = ManyState
LIST = TransactionsState


def deeds_bar() -> rx.Component:
    """How many are selected, and what can be done with all of them."""
    return rx.cond(
        LIST.picked_label,
        bulk_bar(
            LIST.picked_label,
            rx.cond(
                LIST.takes_all,
                rx.fragment(),
                button(
                    t("All that match"), "ghost", class_name="s", on_click=LIST.pick_all
                ),
            ),
            rx.el.span(
                _deed("tag", t("Category"), "category"),
                _deed("hash", t("Tags"), "tags"),
                _deed("wallet", t("Account"), "account"),
                _deed("calendar", t("Date"), "day"),
                _cleared(),
                _deed("ban", t("Void"), "void"),
                class_name="deeds",
                custom_attrs={"data-deeds": ""},
            ),
            icon_button("x", t("Select nothing"), on_click=LIST.drop_picks),
        ),
        rx.fragment(),
    )


def deed_dialogs() -> rx.Component:
    """One form for each thing to do; one of them is open at a time."""
    return rx.fragment(
        _form(
            "category",
            t("Category of the selected"),
            _choice(
                "category_id",
                t("Category"),
                rx.foreach(LIST.categories, option_group),
            ),
        ),
        _form("tags", t("Tags of the selected"), *_tags()),
        _form(
            "account",
            t("Account of the selected"),
            _choice("account_id", t("Account"), rx.foreach(LIST.accounts, option)),
        ),
        _form("day", t("Date of the selected"), _day()),
        confirm(
            t("Make the selected void?"),
            t("They stay in the books, crossed out, and no sum counts them."),
            button(t("Keep them"), on_click=MANY.set_open(False)),
            button(t("Make them void"), "danger", on_click=MANY.void),
            is_open=MANY.deed == "void",
            on_open_change=MANY.set_open,
        ),
    )


def _deed(icon_name: str, label: Text, deed: str) -> rx.Component:
    return _act(icon_name, label, on_click=MANY.open(deed))


def _cleared() -> rx.Component:
    return rx.fragment(
        _act("circle-check", t("Cleared"), on_click=MANY.set_cleared(True)),
        _act("circle", t("Not cleared"), on_click=MANY.set_cleared(False)),
    )


def _act(icon_name: str, label: Text, on_click: rx.event.EventType[()]) -> rx.Component:
    return rx.el.button(
        icon(icon_name, "s"),
        rx.el.span(label),
        type="button",
        class_name="btn ghost s",
        on_click=on_click,
    )


def _form(deed: str, title: Text, *fields: rx.Component) -> rx.Component:
    return dialog(
        title,
        rx.form(
            rx.cond(
                MANY.errors["form"],
                callout(MANY.errors["form"], tone="danger", icon_name="triangle-alert"),
                rx.fragment(),
            ),
            *fields,
            form_actions(
                button(t("Cancel"), "ghost", on_click=MANY.set_open(False)),
                button(t("Apply"), "solid", type="submit"),
            ),
            class_name="form",
            on_submit=MANY.apply,
        ),
        text=LIST.picked_label,
        is_open=MANY.deed == deed,
        on_open_change=MANY.set_open,
    )


def _choice(name: str, label: Text, options: rx.Component) -> rx.Component:
    error = MANY.errors[name]
    empty = rx.el.option(t("Choose"), value="")
    return field(label, name, select(name, [empty, options], error=error), error=error)


def _tags() -> tuple[rx.Component, rx.Component]:
    error = MANY.errors["tags"]
    return (
        field(
            t("Add tags"),
            "add_tags",
            text_input(
                "add_tags",
                error=error,
                placeholder=t("Parted by commas"),
                auto_complete="off",
            ),
            error=error,
        ),
        rx.cond(
            LIST.tags,
            field(
                t("Remove a tag"),
                "remove_tags",
                select(
                    "remove_tags",
                    [
                        rx.el.option(t("None"), value=""),
                        rx.foreach(LIST.tags, lambda one: rx.el.option(one.label)),
                    ],
                ),
            ),
            rx.fragment(),
        ),
    )


def _day() -> rx.Component:
    error = MANY.errors["on_date"]
    return field(
        t("Date"),
        "day",
        date_input("day", error=error, default_value=MANY.today),
        error=error,
    )
