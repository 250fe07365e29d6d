"""The terms, for everybody to read, with their version."""

import reflex as rx

from fintrack.components.layout import focus_frame, language_switch
from fintrack.components.text import Text, page_title, t
from fintrack.core import consents, routes


@rx.page(route=routes.TERMS, title=page_title(t("Terms")))
def terms() -> rx.Component:
    """The text to which somebody who registers says yes."""
    return focus_frame(
        rx.el.article(
            rx.el.h1(t("Terms")),
            *(rx.el.p(paragraph) for paragraph in paragraphs()),
            rx.el.p(
                t("Version"), " ", consents.TERMS_VERSION, class_name="muted small num"
            ),
            language_switch(),
            class_name="prose",
        ),
    )


def paragraphs() -> tuple[Text, ...]:
    """The text; with a change of it ``TERMS_VERSION`` changes."""
    return (
        t(
            "Whoever runs this FinTrack keeps your books and answers for them. They "
            "can tell you where the machine stands and who looks after it."
        ),
        t(
            "FinTrack keeps what you enter, your name, your e-mail address, and from "
            "which addresses and devices you signed in. It sends nothing of it to "
            "anyone, shows no adverts and follows nobody."
        ),
        t(
            "Nobody else sees your books, the staff neither, unless you allow it for "
            "a limited time."
        ),
        t(
            "FinTrack does sums with what you enter. It gives no advice on "
            "investments, taxes or law, and what it shows is no statement of a bank."
        ),
        t(
            "You keep your password to yourself, enter only what is yours to enter, "
            "and do not try to reach the books of others."
        ),
    )
