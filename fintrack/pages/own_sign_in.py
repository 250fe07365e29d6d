"""Settings, Security: the e-mail and the password of one's own."""

import reflex as rx

from fintrack.components.cards import card, card_head
from fintrack.components.credential_form import (
    CredentialField,
    MailedCode,
    credential_form,
    password_hint,
)
from fintrack.components.text import Text, t
from fintrack.core import routes
from fintrack.core.password_rules import MIN_LENGTH_BESIDE_A_FACTOR
from fintrack.pages.register import code_field

EMAIL = "/api/v1/me/email"
PASSWORD = "/api/v1/me/password"  # noqa: S105 - an address


def email_card(email: Text) -> rx.Component:
    """The present address, and a form for another one."""
    new = CredentialField("email", t("New e-mail"), "email", "email")
    step = MailedCode(f"{EMAIL}/confirm", (code_field(),), t("Use this address"))
    return card(
        card_head(t("E-mail")),
        rx.el.div(
            rx.el.p(rx.el.b(email), class_name="truncate"),
            rx.el.p(
                t(
                    "The new address gets a code. Afterwards the old one is told, and "
                    "all other sessions end."
                ),
                class_name="muted",
            ),
            credential_form(
                EMAIL,
                [new],
                t("Send me the code"),
                following=routes.after(routes.SECURITY, "email"),
                then=step,
            ),
            class_name="form",
        ),
    )


def password_card(*, has_second_factor: bool | rx.Var[bool]) -> rx.Component:
    """The old password and a new one, which may be shorter beside a second factor."""
    fields = [
        CredentialField(
            "password", t("Present password"), autocomplete="current-password"
        ),
        CredentialField(
            "new_password",
            t("New password"),
            autocomplete="new-password",
            hint=rx.cond(
                has_second_factor,
                password_hint(MIN_LENGTH_BESIDE_A_FACTOR),
                password_hint(),
            ),
        ),
    ]
    return card(
        card_head(t("Password")),
        rx.el.div(
            rx.el.p(
                t("A new password ends all other sessions. You are told by mail."),
                class_name="muted",
            ),
            credential_form(
                PASSWORD,
                fields,
                t("Change my password"),
                following=routes.after(routes.SECURITY, "password"),
                method="PUT",
            ),
            class_name="form",
        ),
    )
