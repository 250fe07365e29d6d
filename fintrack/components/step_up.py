"""What asks for a fresh proof of who one is; see ``assets/step_up.jsx``."""

from typing import Any

import reflex as rx

from fintrack.components.elements import Attributes, Look
from fintrack.components.text import Text, t


class FreshButton(rx.Component):
    """See ``assets/fresh_button.jsx``."""

    library = "$/public/fresh_button.jsx"
    tag = "FreshButton"

    label: rx.Var[str]
    name: rx.Var[str]
    look: rx.Var[str]
    url: rx.Var[str]
    method: rx.Var[str]
    values: rx.Var[dict[str, Any]]
    question: rx.Var[dict[str, str]]
    codes: rx.Var[dict[str, str]]
    step_up: rx.Var[dict[str, str]]
    texts: rx.Var[dict[str, str]]


class FreshLink(rx.Component):
    """See ``assets/fresh_link.jsx``."""

    library = "$/public/fresh_link.jsx"
    tag = "FreshLink"

    label: rx.Var[str]
    href: rx.Var[str]
    step_up: rx.Var[dict[str, str]]
    texts: rx.Var[dict[str, str]]


class Stale(rx.Component):
    """Calls ``on_stale`` where a deed was refused because the page is out of date.

    It is given the role that was to be given, or nothing; see ``assets/stale.js``. The
    page then reads what it shows anew and says what it is now.

    Example:
        ``Stale.create(on_stale=PersonState.look_again)``
    """

    library = "$/public/stale.js"
    tag = "Stale"

    on_stale: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class EnrolFactor(rx.Component):
    """See ``assets/second_factor.jsx``."""

    library = "$/public/second_factor.jsx"
    tag = "EnrolFactor"

    label: rx.Var[str]
    texts: rx.Var[dict[str, str]]
    codes: rx.Var[dict[str, str]]
    step_up: rx.Var[dict[str, str]]


def fresh_button(
    label: Text,
    url: Text,
    *,
    method: str = "POST",
    look: Look = "outline",
    name: Text = "",
    question: dict[str, Text] | None = None,
    **sent: Attributes,
) -> rx.Component:
    """Sends ``sent`` to ``url``, or no body, then loads the page anew.

    Where the server wants a fresh proof, a dialog asks for it and the request is sent
    again. ``question`` (``title``, ``text``, ``yes``, ``no``) is asked first. An answer
    with ``recovery_codes`` shows them once. ``name`` says more than the label to a
    screen reader.

    Example:
        ``fresh_button(t("End"), "/api/v1/me/sessions/7", method="DELETE")``
    """
    return FreshButton.create(
        label=label,
        name=name,
        look=look,
        url=url,
        method=method,
        values=sent or None,
        question=question or {},
        codes=_codes_texts(),
        step_up=step_up_texts(),
        texts=failure_texts(),
    )


def fresh_link(label: Text, href: Text) -> rx.Component:
    """A link to a file of REST, beside which its ``/check`` stands.

    Where the server wants a fresh proof, a dialog asks for it, the page is loaded anew
    and the download begins.

    Example:
        ``fresh_link(t("CSV"), State.files.csv)``
    """
    return FreshLink.create(
        label=label, href=href, step_up=step_up_texts(), texts=failure_texts()
    )


def enrol_factor(label: Text) -> rx.Component:
    """The button that begins the second factor: proof, QR code, first code, sheet.

    Example:
        ``enrol_factor(t("Set up"))``
    """
    return EnrolFactor.create(
        label=label,
        codes=_codes_texts(),
        step_up=step_up_texts(),
        texts={
            "title": t("Set up the second factor"),
            "scan": t("Scan this picture with an authenticator app on your phone."),
            "qr": t("QR code of the secret"),
            "type": t("No camera? Then type this secret into the app."),
            "copy": t("Copy the secret"),
            "copied": t("Copied"),
            "code": t("Code"),
            "codeHint": t("The six digits that the app shows now."),
            "cancel": t("Cancel"),
            "confirm": t("Switch on"),
            **failure_texts(),
        },
    )


def step_up_texts() -> dict[str, Text]:
    """What the dialog says that asks for a fresh proof."""
    return {
        "title": t("Please confirm that it is you"),
        "why": t("This needs your password once more. It then counts for 5 minutes."),
        "password": t("Password"),
        "code": t("Code"),
        "codeHint": t("From your authenticator app, or a recovery code."),
        "cancel": t("Cancel"),
        "confirm": t("Confirm"),
        "show": t("Show what I typed"),
        **failure_texts(),
    }


def failure_texts() -> dict[str, Text]:
    """What every form for secrets says when it could not be sent, or was refused."""
    return {
        "empty": t("Please fill this in."),
        "unticked": t("Please tick this box."),
        "unreachable": t("The server did not answer. Nothing was changed."),
        "failed": t("Something went wrong. Nothing was changed."),
    }


def _codes_texts() -> dict[str, Text]:
    return {
        "title": t("Your recovery codes"),
        "why": t(
            "Without your phone, one of these codes signs you in. Each works once."
        ),
        "once": t("You see them here only this once. Keep them where you keep papers."),
        "download": t("Download"),
        "print": t("Print"),
        "copy": t("Copy the codes"),
        "copied": t("Copied"),
        "kept": t("I have kept them"),
    }
