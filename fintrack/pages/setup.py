"""The setup: the first person of an installation."""

import reflex as rx

from fintrack.components.credential_form import (
    CredentialField,
    credential_form,
    password_hint,
    recovery_texts,
)
from fintrack.components.layout import door
from fintrack.components.states import loading_rows
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.promise import promise
from fintrack.state.entry import EntryState

URL = "/api/v1/setup"


@rx.page(
    route=routes.SETUP, title=page_title(t("Set up")), on_load=EntryState.open_setup
)
def setup() -> rx.Component:
    """Name, e-mail, password; from another machine the printed code too."""
    return door(
        rx.el.div(
            rx.el.h1(t("Welcome to FinTrack")),
            rx.el.p(
                t("You are the first one here. This takes half a minute."),
                class_name="muted",
            ),
        ),
        rx.cond(
            EntryState.is_ready,
            rx.cond(EntryState.needs_code, _form(_code()), _form()),
            loading_rows(4, t("Loading")),
        ),
        aside=promise(),
    )


def _code() -> CredentialField:
    return CredentialField(
        "code",
        t("Setup code"),
        "text",
        hint=t("The terminal in which FinTrack was started shows it."),
    )


def _form(*first: CredentialField) -> rx.Component:
    fields = [
        *first,
        CredentialField("first_name", t("First name"), "text", "given-name"),
        CredentialField(
            "last_name",
            t("Last name (optional)"),
            "text",
            "family-name",
            optional=True,
        ),
        CredentialField("email", t("E-mail"), "email", "username"),
        CredentialField(
            "password",
            t("Password"),
            autocomplete="new-password",
            hint=password_hint(),
        ),
        CredentialField("time_zone", "", "time_zone", value="UTC"),
        CredentialField("base_currency", "", "hidden", value=EntryState.base_currency),
    ]
    return credential_form(
        URL,
        fields,
        t("Create my account"),
        following=routes.WELCOME,
        then=recovery_texts(),
    )
