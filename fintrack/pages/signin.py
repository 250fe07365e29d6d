"""The sign-in page."""

import reflex as rx

from fintrack.components.credential_form import (
    CredentialField,
    SecondStep,
    after_note,
    credential_form,
)
from fintrack.components.elements import page_link
from fintrack.components.layout import SESSION, door
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.promise import promise
from fintrack.state.entry import EntryState


@rx.page(
    route=routes.SIGN_IN,
    title=page_title(t("Sign in")),
    on_load=EntryState.open_sign_in,
)
def signin() -> rx.Component:
    """E-mail and password; afterwards the page that was asked for."""
    fields = [
        CredentialField("email", t("E-mail"), "email", "username"),
        CredentialField("password", t("Password"), autocomplete="current-password"),
    ]
    return door(
        rx.el.div(
            rx.el.h1(t("Welcome back")),
            rx.el.p(t("Your books are as you left them."), class_name="muted"),
        ),
        after_note(password=t("Your password is changed. Sign in with the new one.")),
        credential_form(SESSION, fields, t("Sign in"), then=_second_step()),
        rx.el.p(
            page_link(t("Forgotten password"), to=routes.FORGOT, class_name="link"),
            rx.cond(
                EntryState.takes_people,
                page_link(t("Register"), to=routes.REGISTER, class_name="link"),
                rx.fragment(),
            ),
            class_name="line apart",
        ),
        rx.el.p(
            t(
                "After five wrong tries there is a short wait that grows. "
                "You are never locked out for good."
            ),
            class_name="muted small",
        ),
        aside=promise(),
    )


def _second_step() -> SecondStep:
    digits = CredentialField(
        "code",
        t("Code"),
        "code",
        "one-time-code",
        hint=t("The six digits that your authenticator app shows now."),
    )
    letters = CredentialField(
        "code",
        t("Recovery code"),
        "text",
        hint=t("One of the ten that you kept. It works once."),
    )
    return SecondStep(
        f"{SESSION}/second-step",
        t("Your password is right. One step is left."),
        t("Sign in"),
        (
            (digits, t("Use the authenticator app")),
            (letters, t("Use a recovery code")),
        ),
    )
