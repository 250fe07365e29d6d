"""Every part in all its states, with static data; only in development."""

import reflex as rx

from fintrack.components.elements import button, key_hint
from fintrack.components.layout import frame, page_head
from fintrack.components.text import t
from fintrack.components.toasts import toasts
from fintrack.components.toolbars import period_picker
from fintrack.core import routes
from fintrack.pages import styleguide_parts as parts
from fintrack.pages.styleguide_work import work
from fintrack.state.periods import PeriodChoice
from fintrack.state.rows import Notice, Person, isolated

PERSON = Person("Defne Karaçam", "defne@karacam.example", "DK")
NOTICE = Notice("1", f"Paid to Kornblume Bakery, {isolated('−€15.50')}", change="none")


def add_styleguide(app: rx.App) -> None:
    """Adds the page; the wiring calls this in development only."""
    app.add_page(styleguide, route=routes.STYLEGUIDE, title="Style guide · FinTrack")


def styleguide() -> rx.Component:
    """The page."""
    return frame(
        page_head(
            "Style guide",
            period_picker(
                "November 2026",
                [PeriodChoice("week", "This week")],
                rx.console_log,
                on_earlier=rx.console_log("earlier"),
                on_later=rx.console_log("later"),
            ),
            button(
                rx.fragment(t("New transaction"), key_hint("n")),
                "solid",
                icon_name="plus",
                class_name="no-phone",
            ),
            sub="What a list, a form or a change looks like.",
        ),
        parts.numbers(),
        rx.el.div(
            parts.empty_states(),
            parts.lists(),
            parts.forms(),
            parts.secrets(),
            parts.notes(),
            parts.small_parts(),
            parts.dialogs(),
            work(),
            class_name="gallery",
        ),
        toasts(rx.Var.create(NOTICE).to(Notice), rx.console_log),
        here=routes.DASHBOARD,
        person=PERSON,
    )
