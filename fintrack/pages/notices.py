"""What one is told of, and where: a table of switches."""

import reflex as rx

from fintrack.components.cards import callout, card
from fintrack.components.layout import back_link, frame, page_head
from fintrack.components.states import loading_rows
from fintrack.components.switches import switch
from fintrack.components.text import Text, page_title, t
from fintrack.components.toasts import toasts
from fintrack.core import routes
from fintrack.core.notices import NOTICES, Channel, Switch, name_notice
from fintrack.state.notices import NoticesState as Notices
from fintrack.state.session import SessionState

IN_APP = name_notice(Switch.DESKTOP, Channel.IN_APP)


@rx.page(route=routes.NOTICES, title=page_title(t("Notices")), on_load=Notices.load)
def notices() -> rx.Component:
    """The page."""
    return frame(
        back_link(t("Settings"), routes.SETTINGS),
        page_head(
            t("Notices"), sub=t("Choose what FinTrack tells you, and where it does.")
        ),
        rx.el.div(
            rx.cond(Notices.is_ready, _table(), card(loading_rows(5, t("Loading")))),
            callout(
                t(
                    "Debts, a sign-in from a new device and a finished export are "
                    "always told: they have no switch."
                ),
                icon_name="shield-check",
            ),
            class_name="stack settings",
        ),
        toasts(Notices.notice, rx.console_log),
        here=routes.SETTINGS,
        person=SessionState.me,
    )


def _table() -> rx.Component:
    return card(
        rx.el.table(
            rx.el.caption(t("Notices"), class_name="sr"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(t("Notice"), scope="col"),
                    rx.el.th(t("In FinTrack"), scope="col", id=Channel.IN_APP),
                    rx.el.th(t("By e-mail"), scope="col", id=Channel.EMAIL),
                )
            ),
            rx.el.tbody(*[_row(one, *words) for one, words in _words().items()]),
            class_name="switches",
        ),
        class_name="flush",
    )


def _row(one: Switch, title: Text, text: Text) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.span(title, id=one),
            rx.el.span(text, class_name="muted small"),
            scope="row",
        ),
        *[rx.el.td(_switch(one, channel)) for channel in Channel],
    )


def _switch(one: Switch, channel: Channel) -> rx.Component:
    name = name_notice(one, channel)
    if name not in NOTICES:
        return rx.el.span("–", class_name="muted", aria_hidden="true")
    # With the channel itself off, its switches say nothing.
    is_idle = channel is Channel.IN_APP and one is not Switch.DESKTOP
    return switch(
        Notices.is_on[name],
        labelled_by=f"{one} {channel}",
        on_change=lambda is_on: Notices.turn(name, is_on),
        disabled=~Notices.is_on[IN_APP] if is_idle else False,
    )


def _words() -> dict[Switch, tuple[Text, Text]]:
    return {
        Switch.SPENDING_LIMIT: (
            t("Spending limit"),
            t("A budget is nearly used up, or an account runs low."),
        ),
        Switch.EXPECTED_BILL: (
            t("Expected bill"),
            t("A bill or a recurring payment is due soon."),
        ),
        Switch.WEEKLY_SUMMARY: (
            t("Weekly summary"),
            t("What came in and went out in the week before."),
        ),
        Switch.ANNOUNCEMENTS: (
            t("New in FinTrack"),
            t("New features and announcements of whoever runs this FinTrack."),
        ),
        Switch.DESKTOP: (
            t("On this screen"),
            t("Shows what is on in this column, in FinTrack and on your desktop."),
        ),
    }
