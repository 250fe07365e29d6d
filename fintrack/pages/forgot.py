"""A forgotten password: the e-mail, then the code and a new one."""

import reflex as rx

from fintrack.components.credential_form import (
    CredentialField,
    MailedCode,
    credential_form,
)
from fintrack.components.elements import page_link
from fintrack.components.layout import door
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.promise import promise
from fintrack.state.entry import EntryState

URL = "/api/v1/auth/password-reset"


@rx.page(
    route=routes.FORGOT,
    title=page_title(t("Forgotten password")),
    on_load=EntryState.open_sign_in,
)
def forgot() -> rx.Component:
    """Two steps; afterwards the sign-in."""
    email = CredentialField("email", t("E-mail"), "email", "username")
    return door(
        rx.el.div(
            rx.el.h1(t("A new password")),
            rx.el.p(
                t("A code from your mail proves that it is you."), class_name="muted"
            ),
        ),
        credential_form(
            URL,
            [email],
            t("Send me the code"),
            then=_step(),
        ),
        rx.el.p(page_link(t("Back to sign-in"), to=routes.SIGN_IN, class_name="link")),
        aside=promise(),
    )


def _step() -> MailedCode:
    code = CredentialField(
        "code",
        t("Code from the mail"),
        "text",
        "one-time-code",
        hint=t(
            "12 letters and digits. Any code of the last 10 minutes works, also one "
            "that somebody else asked for."
        ),
    )
    new = CredentialField(
        "password",
        t("New password"),
        autocomplete="new-password",
        hint=t("15 characters or more; 12 beside a second factor."),
    )
    return MailedCode(
        f"{URL}/confirm",
        (code, new),
        t("Keep this password"),
        text=t("We sent a mail with a code to:"),
        said=t("Look into your mail: any code of the last 10 minutes works."),
    )
