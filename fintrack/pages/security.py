"""Settings, Security: the second factor, and where one is signed in."""

import reflex as rx

from fintrack.components.cards import card, card_head
from fintrack.components.credential_form import after_note
from fintrack.components.elements import badge, icon
from fintrack.components.layout import back_link, frame, page_head
from fintrack.components.states import could_not_load, loading_rows
from fintrack.components.step_up import enrol_factor, fresh_button
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.own_sign_in import email_card, password_card
from fintrack.state.security import PLACE, SessionRow
from fintrack.state.security import SecurityState as Security
from fintrack.state.session import SessionState

FACTOR = "/api/v1/me/second-factor"


@rx.page(route=routes.SECURITY, title=page_title(t("Security")), on_load=Security.load)
def security() -> rx.Component:
    """The page."""
    return frame(
        back_link(t("Settings"), routes.SETTINGS),
        page_head(t("Security")),
        rx.el.div(
            after_note(
                email=t("Your e-mail is changed. We told the old address."),
                password=t("Your password is changed. All other sessions have ended."),
            ),
            rx.match(
                Security.status,
                ("failed", _failed()),
                (
                    "ready",
                    rx.fragment(
                        email_card(SessionState.me.email),
                        password_card(has_second_factor=Security.is_on),
                        _factor(),
                        _sessions(),
                    ),
                ),
                card(loading_rows(4, t("Loading"))),
            ),
            class_name="stack settings",
        ),
        here=routes.SETTINGS,
        person=SessionState.me,
    )


def _failed() -> rx.Component:
    return could_not_load(t("Your sessions could not be loaded"), Security.load)


def _factor() -> rx.Component:
    acts = rx.cond(
        Security.is_on,
        rx.fragment(
            fresh_button(
                t("New recovery codes"),
                f"{FACTOR}/recovery-codes",
                question={
                    "title": t("Make new recovery codes?"),
                    "text": t("The ones that you have will work no longer."),
                    "yes": t("Make new ones"),
                    "no": t("Keep mine"),
                },
            ),
            fresh_button(
                t("Switch off"),
                FACTOR,
                method="DELETE",
                look="danger-soft",
                question={
                    "title": t("Switch the second factor off?"),
                    "text": t("Your password alone will then sign you in."),
                    "yes": t("Switch off"),
                    "no": t("Keep it"),
                },
            ),
        ),
        enrol_factor(t("Set up")),
    )
    mark = rx.cond(
        Security.is_on,
        badge(t("Switched on"), "accent", icon_name="shield-check"),
        badge(t("Off"), icon_name="shield"),
    )
    return card(
        card_head(t("Second factor"), mark),
        rx.el.p(Security.factor, class_name="muted"),
        rx.el.div(acts, class_name="line card-acts"),
    )


def _sessions() -> rx.Component:
    others = fresh_button(t("End all others"), PLACE, method="DELETE")
    return card(
        card_head(
            t("Where you are signed in"), rx.cond(Security.has_others, others, None)
        ),
        rx.el.ul(rx.foreach(Security.sessions, _session), class_name="rows"),
    )


def _session(row: SessionRow) -> rx.Component:
    end = fresh_button(t("End"), row.url, method="DELETE", name=row.end_label)
    return rx.el.li(
        rx.el.span(icon("monitor-smartphone"), class_name="glyph"),
        rx.el.span(
            rx.el.b(row.device),
            rx.el.span(row.detail, class_name="muted small"),
            class_name="what",
        ),
        rx.cond(row.is_this, badge(t("This one"), "accent"), end),
        class_name="row",
    )
