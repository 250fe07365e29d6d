"""The outbox: what was sent to whom, and what became of it."""

import reflex as rx

from admin.frame import staff_page, staff_title
from admin.pages.parts import named, older, toned_badge
from admin.state.mail import LetterRow, MailState
from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.elements import button
from fintrack.components.forms import select
from fintrack.components.layout import page_head
from fintrack.components.tables import table
from fintrack.components.text import t
from fintrack.components.toolbars import filters
from fintrack.core import routes


@rx.page(
    route=routes.STAFF_MAIL,
    title=staff_title(t("Mail"), routes.STAFF_MAIL),
    on_load=MailState.load,
)
def mail() -> rx.Component:
    """The page."""
    state = MailState
    return staff_page(
        page_head(
            t("Mail"),
            button(t("Try again now"), icon_name="send", on_click=state.retry),
            button(t("Refresh"), icon_name="refresh-cw", on_click=state.load),
            sub=state.summary,
        ),
        filters(_choice()),
        rx.fragment(
            rx.match(
                state.status,
                ("loading", card(states.loading_rows(6, t("Loading the outbox")))),
                (
                    "failed",
                    states.could_not_load(
                        t("The outbox could not be loaded"), state.load
                    ),
                ),
                rx.cond(state.letters, _letters(), _none()),
            )
        ),
        here=routes.STAFF_MAIL,
        notice=state.notice,
    )


def _choice() -> rx.Component:
    return select(
        "wanted",
        [
            rx.el.option(t("All letters"), value=""),
            rx.el.option(t("Waiting"), value="waiting"),
            rx.el.option(t("Sent"), value="sent"),
            rx.el.option(t("Failed"), value="failed"),
            rx.el.option(t("Expired"), value="expired"),
        ],
        value=MailState.wanted,
        on_change=MailState.choose,
        custom_attrs={"aria-label": t("Letters")},
    )


def _letters() -> rx.Component:
    heads = [t("Letter"), t("To"), t("When"), t("Tries"), t("Details"), t("Standing")]
    return card(
        table(heads, MailState.letters, _letter, caption=t("Letters")),
        older(MailState.older, MailState.show_older),
        class_name="flush list",
    )


def _letter(letter: LetterRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(letter.subject),
        rx.el.td(letter.recipient, class_name="breaks"),
        named(t("When"), letter.when),
        rx.el.td(letter.tries),
        rx.el.td(letter.detail, class_name="breaks"),
        rx.el.td(toned_badge(letter.tone, letter.standing)),
    )


def _none() -> rx.Component:
    return states.empty(
        t("No letters"),
        t("What is sent to people is listed here, without its secrets."),
        icon_name="mail",
    )
