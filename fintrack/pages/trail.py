"""Who saw and changed my data: the person's own trail, newest first."""

import reflex as rx

from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.elements import badge, link_button
from fintrack.components.layout import back_link, frame, page_head
from fintrack.components.lists import newest_rows, what
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.state.session import SessionState
from fintrack.state.trail import TraceRow, TrailState


@rx.page(route=routes.TRAIL, title=page_title(t("Your data")), on_load=TrailState.load)
def trail() -> rx.Component:
    """The page."""
    return frame(
        back_link(t("Settings"), routes.SETTINGS),
        page_head(
            t("Who saw and changed my data"),
            sub=t(
                "Every change, sign-in and refusal that concerns you or your books. "
                "What is sealed stands in a log that nobody can change unnoticed."
            ),
        ),
        rx.fragment(
            rx.match(
                TrailState.status,
                ("loading", card(states.loading_rows(8, t("Loading")))),
                (
                    "failed",
                    states.could_not_load(
                        t("Your trail could not be loaded"), TrailState.load
                    ),
                ),
                rx.cond(TrailState.rows, _traces(), _none()),
            )
        ),
        here=routes.SETTINGS,
        person=SessionState.me,
    )


def _traces() -> rx.Component:
    return newest_rows(
        TrailState.rows,
        _row,
        t("Who saw and changed my data"),
        has_older=TrailState.has_older,
        on_older=TrailState.show_older,
    )


def _none() -> rx.Component:
    return states.nothing_yet(
        t("Nothing yet"),
        t("What happens with your data is listed here."),
        link_button(t("Settings"), routes.SETTINGS),
        icon_name="history",
    )


def _row(trace: TraceRow) -> rx.Component:
    return rx.el.li(
        what(trace.name, trace.detail),
        rx.cond(trace.is_kept, badge(t("Sealed")), rx.fragment()),
        class_name="row",
    )
