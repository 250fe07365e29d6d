"""Registering: who one is, then the code from the mail."""

import reflex as rx

from fintrack.components.cards import callout
from fintrack.components.credential_form import (
    CredentialField,
    MailedCode,
    credential_form,
    password_hint,
)
from fintrack.components.elements import page_link
from fintrack.components.layout import door
from fintrack.components.states import loading_rows
from fintrack.components.text import page_title, t
from fintrack.core import consents, routes
from fintrack.pages.promise import promise
from fintrack.state.entry import EntryState

AUTH = "/api/v1/auth/user"


@rx.page(
    route=routes.REGISTER,
    title=page_title(t("Register")),
    on_load=EntryState.open_sign_in,
)
def register() -> rx.Component:
    """Name, e-mail, password and the two consents; then six digits."""
    return door(
        rx.el.div(
            rx.el.h1(t("Your own books")),
            rx.el.p(
                t("Two steps: tell us who you are, then a code from your mail."),
                class_name="muted",
            ),
        ),
        rx.cond(
            EntryState.is_ready,
            rx.cond(EntryState.takes_people, _form(), _closed()),
            loading_rows(5, t("Loading")),
        ),
        rx.el.p(
            rx.el.span(t("Have an account?"), class_name="muted"),
            page_link(t("Sign in"), to=routes.SIGN_IN, class_name="link"),
            class_name="line",
        ),
        aside=promise(),
    )


def code_field() -> CredentialField:
    """Six digits; one field takes them typed, pasted or from the telephone's keyboard.

    Example:
        ``MailedCode("/api/v1/me/email/confirm", (code_field(),), t("Use it"))``
    """
    return CredentialField("code", t("Code from the mail"), "code", "one-time-code")


def _closed() -> rx.Component:
    return callout(
        t("Registration is closed here. Ask whoever runs this FinTrack."),
        icon_name="info",
    )


def _form() -> rx.Component:
    fields = [
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
        CredentialField(
            "agrees_to_terms",
            t("I have read the terms and agree to them."),
            "tick",
            hint=t("Read the terms"),
            href=routes.TERMS,
        ),
        CredentialField("is_of_age", t("I am 18 or older."), "tick"),
        CredentialField("terms_version", "", "hidden", value=consents.TERMS_VERSION),
        CredentialField("time_zone", "", "time_zone", value="UTC"),
        CredentialField("base_currency", "", "hidden", value=EntryState.base_currency),
    ]
    code = MailedCode(
        f"{AUTH}/verify-otp-and-register", (code_field(),), t("Create my account")
    )
    return credential_form(
        f"{AUTH}/initiate-registration",
        fields,
        t("Send me the code"),
        following=routes.WELCOME,
        then=code,
    )
