"""What one agreed to: the texts of today, and every yes with its version and day."""

import reflex as rx

from fintrack.components.cards import card, card_head
from fintrack.components.elements import badge, button, page_link
from fintrack.components.layout import back_link, frame, page_head
from fintrack.components.lists import what
from fintrack.components.states import could_not_load, loading_rows
from fintrack.components.text import page_title, t
from fintrack.components.toasts import toasts
from fintrack.core import routes
from fintrack.state.consents import ConsentRow, TextRow
from fintrack.state.consents import ConsentsState as Consents
from fintrack.state.session import SessionState


@rx.page(route=routes.CONSENTS, title=page_title(t("Consents")), on_load=Consents.load)
def consents() -> rx.Component:
    """The page."""
    return frame(
        back_link(t("Settings"), routes.SETTINGS),
        page_head(t("Consents")),
        rx.el.div(
            rx.match(
                Consents.status,
                ("failed", _failed()),
                ("ready", rx.fragment(_texts(), _given())),
                card(loading_rows(3, t("Loading"))),
            ),
            class_name="stack settings",
        ),
        toasts(Consents.notice, rx.console_log),
        here=routes.SETTINGS,
        person=SessionState.me,
    )


def _failed() -> rx.Component:
    return could_not_load(t("Your consents could not be loaded"), Consents.load)


def _texts() -> rx.Component:
    return card(
        card_head(
            t("As it is today"),
            page_link(t("Read the terms"), to=routes.TERMS, class_name="more"),
        ),
        rx.el.ul(rx.foreach(Consents.texts, _text), class_name="rows"),
    )


def _text(row: TextRow) -> rx.Component:
    agree = button(
        t("I agree"),
        on_click=Consents.agree(row.subject),
        custom_attrs={"aria-label": row.agree_label},
    )
    return rx.el.li(
        what(row.title, row.detail),
        rx.cond(row.is_agreed, badge(t("Agreed"), "accent", icon_name="check"), agree),
        class_name="row",
    )


def _given() -> rx.Component:
    none = rx.el.p(
        t("Whoever set this FinTrack up was not asked. Nothing is agreed to yet."),
        class_name="muted",
    )
    return card(
        card_head(t("What you agreed to")),
        rx.cond(
            Consents.given,
            rx.el.ul(rx.foreach(Consents.given, _consent), class_name="rows"),
            none,
        ),
    )


def _consent(row: ConsentRow) -> rx.Component:
    return rx.el.li(what(row.title, row.detail), class_name="row")
