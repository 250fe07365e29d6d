"""The form of a transaction: an entry line, a sheet on a phone, a dialog to edit."""

import reflex as rx

from fintrack.components.cards import callout
from fintrack.components.dialogs import dialog
from fintrack.components.elements import button, icon, icon_button
from fintrack.components.entry import day_input, entry_area, payee_input
from fintrack.components.forms import field, option, option_group, segmented, select
from fintrack.components.text import Text, t
from fintrack.components.versions import two_versions
from fintrack.pages.transactions_attachments import attached
from fintrack.pages.transactions_foot import IS_KEPT, details, foot
from fintrack.pages.transactions_shares import shares
from fintrack.pages.transactions_templates import (
    template_list,
    template_naming,
    templates_button,
)
from fintrack.pages.transactions_transfer import received
from fintrack.state.transaction_form import TransactionForm

FORM = TransactionForm
IS_SPLIT = rx.Var.create(FORM.draft.shares).to(list).length() > 0
FILLED = rx.Var.create(FORM.filled).to(list[str])
NAMES = rx.Var.create(FORM.payees).to(list[str])


def entry_line() -> rx.Component:
    """The line for new transactions; on a phone a sheet over the page."""
    return entry_area(
        rx.el.div(class_name="entry-scrim", on_click=FORM.close),
        rx.el.section(
            rx.el.div(
                _kinds(),
                templates_button(),
                rx.el.span(class_name="spacer"),
                rx.el.span(
                    t("Enter saves and stays for the next"),
                    class_name="muted small no-phone",
                ),
                icon_button("x", t("Close"), on_click=FORM.close),
                class_name="entry-top",
            ),
            template_list(),
            _form(),
            template_naming(),
            class_name="card entry ring",
            aria_label=t("New transaction"),
        ),
        on_escape=FORM.escape,
    )


def edit_dialog() -> rx.Component:
    """A transaction of the list, opened to be changed or made void."""
    return dialog(
        t("Edit transaction"),
        entry_area(
            _kind_of_kept(),
            _form(saves_last=True),
            template_naming(),
            class_name="entry",
        ),
        attached(),
        is_open=FORM.mode == "edit",
        on_open_change=FORM.set_open,
    )


def _kind_of_kept() -> rx.Component:
    return rx.fragment(
        rx.match(
            FORM.draft.kind,
            (
                "fixed",
                callout(
                    t("Its amounts stay as they are; day and words can change."),
                    icon_name="lock",
                ),
            ),
            (
                "opening",
                callout(
                    t(
                        "What was on the account when it was opened. A debt is "
                        "below zero."
                    ),
                    icon_name="info",
                ),
            ),
            _kinds(),
        ),
    )


def _kinds() -> rx.Component:
    return segmented(
        "kind",
        [("out", t("Expense")), ("in", t("Income")), ("move", t("Transfer"))],
        label=t("Kind"),
        value=FORM.draft.kind,
        on_change=FORM.choose_kind,
    )


def _form(*, saves_last: bool = False) -> rx.Component:
    """Fields are the browser's; a new key makes them anew after each success.

    In the line Save ends its fields; ``saves_last`` sets it below all of them.
    """
    return rx.form(
        rx.el.input(type="hidden", name="form_key", value=FORM.form_key),
        rx.el.input(type="hidden", name="closes"),
        rx.el.input(type="hidden", name="as_template"),
        rx.cond(
            FORM.errors["form"],
            callout(FORM.errors["form"], tone="danger", icon_name="triangle-alert"),
            rx.fragment(),
        ),
        rx.cond(
            FORM.differences,
            two_versions(
                FORM.differences,
                take_theirs=FORM.take_theirs,
                keep_mine=FORM.keep_mine,
            ),
            rx.fragment(),
        ),
        _fields() if saves_last else _fields(_save()),
        shares(),
        rx.cond(FORM.shows_details, details(), rx.fragment()),
        _save() if saves_last else rx.fragment(),
        foot(IS_SPLIT),
        on_submit=FORM.save,
        key=FORM.form_key,
    )


def _save() -> rx.Component:
    return button(
        rx.fragment(t("Save"), icon("corner-down-left", "s")),
        "solid",
        class_name="l",
        type="submit",
        auto_focus=FORM.begins_at == "save",
    )


def _fields(*last: rx.Component) -> rx.Component:
    is_move = FORM.draft.kind == "move"
    is_fixed = FORM.draft.kind == "fixed"
    return rx.el.div(
        rx.cond(is_fixed, rx.fragment(), _amount()),
        _payee(),
        rx.cond(
            is_move | IS_KEPT | IS_SPLIT,
            rx.fragment(),
            _category(),
        ),
        rx.cond(IS_KEPT, rx.fragment(), _account()),
        rx.cond(is_move, _to_account(), rx.fragment()),
        rx.cond(FORM.to_symbol, received(), rx.fragment()),
        _day(),
        *last,
        class_name=rx.cond(is_move, "entry-fields move", "entry-fields"),
    )


def _amount() -> rx.Component:
    error = FORM.errors["amount"]
    return rx.el.div(
        field(
            t("Amount"),
            "amount",
            rx.el.span(
                rx.el.span(FORM.symbol, class_name="muted"),
                rx.el.input(
                    id="amount",
                    name="amount",
                    default_value=FORM.draft.amount,
                    on_change=FORM.type_amount.debounce(150),
                    auto_focus=FORM.begins_at == "amount",
                    auto_complete="off",
                    input_mode="decimal",
                    class_name="num",
                    aria_describedby="amount-help",
                    aria_invalid=rx.cond(error, "true", "false"),
                ),
                rx.el.span(FORM.result, class_name="result amt", aria_live="polite"),
                class_name=rx.cond(error, "input bad", "input"),
            ),
            error=error,
        ),
        class_name="amount wide",
    )


def _payee() -> rx.Component:
    error = FORM.errors["payee"]
    return rx.el.div(
        field(
            t("Payee"),
            "payee",
            payee_input(
                "payee",
                NAMES,
                error=error,
                default_value=FORM.draft.payee,
                on_type=FORM.type_payee,
            ),
            error=error,
        ),
        class_name="wide",
    )


def _day() -> rx.Component:
    error = FORM.errors["on_date"]
    return rx.el.div(
        field(
            t("Date"),
            "on_date",
            day_input(
                "on_date",
                error=error,
                text=FORM.draft.on_date,
                revision=FORM.day_revision,
                label=t("Choose in a calendar"),
                on_type=FORM.type_day,
                on_step=FORM.step_day,
            ),
            error=error,
            hint=FORM.day_said,
        ),
        rx.el.p(
            rx.cond(
                FORM.day_lock,
                rx.fragment(icon("lock", "xs"), rx.el.span(FORM.day_lock)),
                rx.fragment(),
            ),
            class_name="help warn",
            aria_live="polite",
        ),
    )


def _category() -> rx.Component:
    return _choice(
        "category",
        t("Category"),
        rx.foreach(FORM.categories, option_group),
        FORM.draft.category,
        FORM.choose_category,
    )


def _account() -> rx.Component:
    label = rx.cond(FORM.draft.kind == "move", t("From account"), t("Account"))
    return _choice(
        "account",
        label,
        rx.foreach(FORM.accounts, option),
        FORM.draft.account,
        FORM.choose_account,
    )


def _to_account() -> rx.Component:
    return _choice(
        "to_account",
        t("To account"),
        rx.foreach(FORM.accounts, option),
        FORM.draft.to_account,
        FORM.choose_to_account,
    )


def _choice(
    name: str,
    label: Text,
    options: rx.Component,
    value: Text,
    on_change: rx.event.EventType[str],
) -> rx.Component:
    error = FORM.errors[name]
    empty = rx.el.option(t("Choose"), value="")
    return rx.el.div(
        field(
            label,
            name,
            select(
                name, [empty, options], error=error, value=value, on_change=on_change
            ),
            error=error,
        ),
        class_name=rx.cond(FILLED.contains(name), "filled", ""),
    )
