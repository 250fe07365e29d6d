"""What is asked before a transaction is made void, or a reconciliation is opened."""

import reflex as rx

from fintrack.components.dialogs import confirm
from fintrack.components.elements import button
from fintrack.components.text import t
from fintrack.state.transaction_form import TransactionForm

FORM = TransactionForm


def void_question() -> rx.Component:
    """Asks once before a transaction is made void."""
    return confirm(
        t("Make this transaction void?"),
        t("It stays in the books, crossed out, and no sum counts it."),
        button(t("Keep it"), on_click=FORM.set_asking(False)),
        button(t("Make it void"), "danger", on_click=FORM.void),
        is_open=FORM.is_asking,
        on_open_change=FORM.set_asking,
    )


def lock_question() -> rx.Component:
    """Asks before what is reconciled no longer adds up."""
    return confirm(
        t("This is reconciled"),
        FORM.breaks,
        button(t("Leave it"), on_click=FORM.set_warning(False)),
        button(t("Change it anyway"), "danger", on_click=FORM.go_on),
        is_open=FORM.breaks != "",
        on_open_change=FORM.set_warning,
    )
