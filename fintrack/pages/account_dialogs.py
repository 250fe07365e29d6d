"""The dialogs of an account: open, edit, close; for its list and for its page."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.cards import callout
from fintrack.components.converting import currency_field
from fintrack.components.dialogs import confirm, dialog
from fintrack.components.elements import Attributes, button
from fintrack.components.money import sentence
from fintrack.components.text import Text, t
from fintrack.components.versions import two_versions
from fintrack.state.account_forms import AccountForms


def account_dialogs(state: type[AccountForms]) -> rx.Component:
    """All three; ``state.form`` says which one is open."""
    return rx.fragment(
        dialog(
            t("New account"),
            _new_form(state),
            is_open=state.form == "new",
            on_open_change=state.set_form_open,
        ),
        dialog(
            t("Edit account"),
            _edit_form(state),
            is_open=state.form == "edit",
            on_open_change=state.set_form_open,
        ),
        confirm(
            rx.cond(
                state.draft.can_close, t("Close this account?"), t("Not empty yet")
            ),
            rx.fragment(
                sentence(state.draft.close_text),
                form_error(state.errors["form"]),
                form_error(state.errors["on"]),
            ),
            button(
                rx.cond(state.draft.can_close, t("Keep it open"), t("Understood")),
                on_click=state.set_form_open(False),
            ),
            rx.cond(
                state.draft.can_close,
                button(t("Close account"), "danger", on_click=state.close),
                rx.fragment(),
            ),
            is_open=state.form == "close",
            on_open_change=state.set_form_open,
        ),
    )


def form_error(text: Text) -> rx.Component:
    """What is wrong with the whole form, above its fields."""
    return rx.cond(
        text,
        callout(text, tone="danger", icon_name="triangle-alert"),
        rx.fragment(),
    )


def _new_form(state: type[AccountForms]) -> rx.Component:
    errors = state.errors
    return rx.el.form(
        form_error(errors["form"]),
        _name(errors["name"], ""),
        forms.two(
            forms.field(
                t("Type"),
                "type",
                forms.select(
                    "type",
                    _types(),
                    value=state.draft.type,
                    on_change=state.choose_type,
                    error=errors["type"],
                ),
                error=errors["type"],
            ),
            currency_field(
                t("Currency"),
                "currency",
                state,
                value=state.draft.currency,
                shown=state.draft.currency_label,
                on_choose=state.choose_currency,
                error=errors["currency"],
            ),
        ),
        forms.two(_opening(state), _opened_on(state)),
        _note(errors["note"], ""),
        _buttons(state, t("Add account")),
        class_name="form",
        on_submit=state.save_new,
        no_validate=True,
    )


def _edit_form(state: type[AccountForms]) -> rx.Component:
    errors, draft = state.errors, state.draft
    return rx.el.form(
        form_error(errors["form"]),
        rx.cond(
            state.differences,
            two_versions(
                state.differences,
                take_theirs=state.take_theirs,
                keep_mine=state.keep_mine,
            ),
            rx.fragment(),
        ),
        _name(errors["name"], draft.name),
        _note(errors["note"], draft.note),
        _opened(state),
        button(
            t("Close this account …"),
            "danger-soft",
            class_name="block",
            icon_name="archive",
            on_click=state.ask_close,
        ),
        _buttons(state, t("Save")),
        class_name="form",
        key=state.form_key,
        on_submit=state.save_edit,
        no_validate=True,
    )


def _name(error: Text, value: Text) -> rx.Component:
    return forms.field(
        t("Name"),
        "name",
        forms.text_input(
            "name",
            error=error,
            default_value=value,
            auto_complete="off",
            max_length=80,
            auto_focus=True,
        ),
        error=error,
    )


def _note(error: Text, value: Text) -> rx.Component:
    return forms.field(
        t("Note"),
        "note",
        forms.text_input("note", error=error, default_value=value, max_length=500),
        hint=t("For example the bank. You can leave it empty."),
        error=error,
    )


def _opening(state: type[AccountForms]) -> rx.Component:
    error = state.errors["opening"]
    return forms.field(
        rx.cond(state.draft.is_owed, t("What you owe"), t("Opening balance")).to(str),
        "opening",
        forms.amount_input(
            "opening", before=state.draft.symbol, error=error, placeholder="0"
        ),
        hint=rx.cond(
            state.draft.is_owed,
            t(
                "Enter the debt as a positive number: 500 means that you owe 500. "
                "With a minus, the bank owes you."
            ),
            t("What was there on that day. You can leave it empty."),
        ).to(str),
        error=error,
    )


def _opened_on(state: type[AccountForms]) -> rx.Component:
    error = state.errors["opened_on"]
    return forms.field(
        t("On the day"),
        "opened_on",
        forms.date_input("opened_on", error=error, default_value=state.draft.opened_on),
        hint=t("Transactions before this day are not in it."),
        error=error,
    )


def _opened(state: type[AccountForms]) -> rx.Component:
    """What stands as the opening balance; where none does, the fields for one."""
    draft = state.draft
    return rx.cond(
        draft.opened_with,
        rx.el.p(sentence(draft.opened_with), class_name="muted small"),
        rx.cond(
            draft.closed_on,
            rx.fragment(),
            forms.two(_opening(state), _opened_on(state)),
        ),
    )


def _buttons(state: type[AccountForms], save: Text) -> rx.Component:
    return forms.form_actions(
        button(t("Cancel"), "ghost", on_click=state.set_form_open(False)),
        button(save, "solid", type="submit"),
    )


def _types() -> list[Attributes]:
    names = {
        "Checking": t("Checking account"),
        "Savings": t("Savings"),
        "Cash": t("Cash"),
        "CreditCard": t("Credit card"),
        "Loan": t("Loan"),
        "Investment": t("Investment"),
        "Other": t("Other"),
    }
    return [rx.el.option(name, value=value) for value, name in names.items()]
