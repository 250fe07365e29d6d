"""The one form for secrets: they go over HTTP and never through a state."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from fintrack.components.step_up import failure_texts, step_up_texts
from fintrack.components.text import Text, t
from fintrack.core import routes
from fintrack.core.password_rules import MIN_LENGTH

RESEND = "/api/v1/auth/user/resend-code"


@dataclass(frozen=True)
class CredentialField:
    """One field; ``type`` is ``password``, ``text``, ``email`` or ``code`` (digits).

    ``tick`` is a box that sends true or false; its hint is a link to ``href``.
    ``hidden`` sends its ``value`` unseen, ``version`` as a number, ``time_zone`` that
    of the browser.
    What is not ``optional`` must be filled in, or ticked, before anything is sent.
    ``autocomplete`` is the HTML token (``username``, ``current-password``,
    ``new-password``, ``one-time-code``); ``value`` is never a secret.
    """

    name: str
    label: Text
    type: str = "password"
    autocomplete: str = "off"
    hint: Text = ""
    value: Text = ""
    href: str = ""
    optional: bool = False


@dataclass(frozen=True)
class SecondStep:
    """What a form asks for when the answer is ``{"second_step": true}``.

    ``ways`` are two fields, each with the words that lead to it from the other.
    """

    url: str
    text: Text
    submit_label: Text
    ways: tuple[tuple[CredentialField, Text], tuple[CredentialField, Text]]


@dataclass(frozen=True)
class MailedCode:
    """What a form asks for when the answer has a ``flow``: the code that was mailed.

    ``fields`` go to ``url`` together with the flow. ``text`` stands before the address,
    ``said`` comes after a click for a new code; without, they are those of six digits.
    """

    url: str
    fields: tuple[CredentialField, ...]
    submit_label: Text
    text: Text | None = None
    said: Text | None = None


class CredentialForm(rx.Component):
    """See ``assets/credential_form.jsx``."""

    library = "$/public/credential_form.jsx"
    tag = "CredentialForm"

    url: rx.Var[str]
    method: rx.Var[str]
    fields: rx.Var[list[dict[str, Any]]]
    submit_label: rx.Var[str]
    following: rx.Var[str]
    recovery: rx.Var[dict[str, str]]
    second: rx.Var[dict[str, Any]]
    mailed: rx.Var[dict[str, Any]]
    step_up: rx.Var[dict[str, str]]
    texts: rx.Var[dict[str, str]]


class AfterNote(rx.Component):
    """See ``assets/after_note.jsx``."""

    library = "$/public/after_note.jsx"
    tag = "AfterNote"

    texts: rx.Var[dict[str, str]]


def after_note(**texts: Text) -> rx.Component:
    """Says once what the form did from which one comes (see ``routes.after``).

    Example:
        ``after_note(password=t("Your password is changed."))``
    """
    return AfterNote.create(texts=texts)


def credential_form(
    url: Text,
    fields: list[CredentialField],
    submit_label: Text,
    *,
    following: Text = routes.DASHBOARD,
    method: str = "POST",
    then: SecondStep | MailedCode | dict[str, Text] | None = None,
) -> rx.Component:
    """Sends the fields as JSON to ``url``, then loads the page that follows.

    An answer may name it as ``{"next": "/…"}``; else ``?next=`` of the address, else
    ``following``: only paths of this site are taken. Problem details (RFC 9457) appear
    beside the fields that ``errors: [{"field", "message"}]`` names, ``detail`` above;
    so do fields that are empty, of which the first gets the focus.
    An answer with ``recovery: {"key", "fingerprint"}`` is first shown as a sheet for
    paper, with the texts of ``recovery_texts`` in ``then``; it stays in the browser's
    memory. An answer with ``second_step`` goes on to the step in ``then``, one with a
    ``flow`` to the mailed code. Where the server wants a fresh proof of who one is, a
    dialog asks for it and the form is sent again.

    Example:
        ``credential_form("/api/v1/auth/sign-in", [CredentialField("email", t("E-mail"),
        "email", "username"), CredentialField("password", t("Password"),
        autocomplete="current-password")], t("Sign in"))``
    """
    return CredentialForm.create(
        url=url,
        method=method,
        fields=[vars(field) for field in fields],
        submit_label=submit_label,
        following=following,
        recovery=then if isinstance(then, dict) else {},
        second=_second(then) if isinstance(then, SecondStep) else {},
        mailed=_mailed(then) if isinstance(then, MailedCode) else {},
        step_up=step_up_texts(),
        texts=_texts(),
    )


def password_hint(shortest: int = MIN_LENGTH) -> rx.Var[str]:
    """How long a new password must be; a bound without words of its own fails here.

    Example:
        ``CredentialField("password", t("Password"), hint=password_hint())``
    """
    return {
        15: t("15 characters or more. A few words in a row are good."),
        12: t("12 characters or more. A few words in a row are good."),
    }[shortest]


def recovery_texts() -> dict[str, Text]:
    """What the recovery sheet says around the master key.

    Example:
        ``credential_form("/api/v1/setup", […], t("…"), then=recovery_texts())``
    """
    return {
        "title": t("Your recovery sheet"),
        "why": t(
            "This key locks everything that FinTrack encrypts, and FinTrack does not "
            "start without it. It is in no backup."
        ),
        "once": t(
            "You see it here only this once. Keep it on paper, away from your backups: "
            "whoever has both can read everything."
        ),
        "use": t(
            "To restore on another machine, set FINTRACK_MASTER_KEY to this key. "
            "The fingerprint tells keys apart and gives nothing away."
        ),
        "key": t("Master key"),
        "fingerprint": t("Fingerprint"),
        "address": t("Belongs to FinTrack at"),
        "print": t("Print"),
        "copy": t("Copy the key"),
        "copied": t("Copied"),
        "kept": t("I have kept it"),
    }


def _texts() -> dict[str, Text]:
    return {"show": t("Show what I typed"), **failure_texts()}


def _mailed(step: MailedCode) -> dict[str, Any]:
    sent = t("We sent a mail with a code of six digits to:")
    again = t("A new code is on its way. The old one no longer works.")
    return {
        "url": step.url,
        "fields": [vars(field) for field in step.fields],
        "submitLabel": step.submit_label,
        "resend": RESEND,
        "text": sent if step.text is None else step.text,
        "texts": {
            "valid": t("Time left for this code:"),
            "expired": t("The code has expired. Ask for a new one."),
            "wait": t("New code in"),
            "again": t("Send a new code"),
            "isSent": again if step.said is None else step.said,
            "back": t("Wrong e-mail? Go back"),
        },
    }


def _second(step: SecondStep) -> dict[str, Any]:
    return {
        "url": step.url,
        "text": step.text,
        "submitLabel": step.submit_label,
        "ways": [{"field": vars(field), "label": label} for field, label in step.ways],
    }
