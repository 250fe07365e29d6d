"""People: search, and a profile without finances."""

import reflex as rx

from admin.frame import staff_page, staff_title
from admin.pages.parts import named, older
from admin.state.users import ROLE_NAMES, UserRow, UsersState
from fintrack.components import states
from fintrack.components.cards import callout, card, facts
from fintrack.components.dialogs import dialog
from fintrack.components.elements import badge, button
from fintrack.components.forms import field, search_input, select
from fintrack.components.layout import page_head
from fintrack.components.tables import table
from fintrack.components.text import t
from fintrack.components.toolbars import filters
from fintrack.core import routes

SEARCH_MS = 300


@rx.page(route=routes.STAFF_USERS, title=staff_title("Users"), on_load=UsersState.load)
def users() -> rx.Component:
    """The page."""
    state = UsersState
    return staff_page(
        page_head(
            t("Users"), sub=t("Who is here, and how they stand. Nobody’s books.")
        ),
        filters(
            search_input(
                "words", t("Name or e-mail"), on_change=state.search.debounce(SEARCH_MS)
            )
        ),
        rx.fragment(
            rx.match(
                state.status,
                ("loading", card(states.loading_rows(6, t("Loading the users")))),
                (
                    "failed",
                    states.could_not_load(
                        t("The users could not be loaded"), state.load
                    ),
                ),
                rx.cond(state.users, _users(), _none()),
            )
        ),
        _profile(),
        here=routes.STAFF_USERS,
        notice=state.notice,
    )


def _users() -> rx.Component:
    heads = [
        t("Name"),
        t("E-mail"),
        t("Role"),
        t("Last seen"),
        rx.el.span(t("Actions"), class_name="sr"),
    ]
    return card(
        table(heads, UsersState.users, _user, caption=t("Users")),
        older(UsersState.older, UsersState.show_older),
        class_name="flush list",
    )


def _user(user: UserRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(user.name, class_name="breaks"),
        rx.el.td(user.email, class_name="breaks"),
        rx.el.td(
            user.role,
            rx.cond(
                user.is_suspended,
                rx.fragment(" ", badge(t("Suspended"), "warn", icon_name="ban")),
                rx.fragment(),
            ),
        ),
        named(t("Last seen"), user.seen),
        rx.el.td(
            button(
                t("Open"),
                class_name="s",
                on_click=UsersState.open(user.id),
                custom_attrs={"data-row": ""},
            )
        ),
    )


def _none() -> rx.Component:
    return states.empty(
        t("Nobody is found"),
        t("Look for a part of the name or of the e-mail address."),
        icon_name="search",
    )


def _profile() -> rx.Component:
    profile = UsersState.profile
    return dialog(
        profile.name,
        rx.cond(
            profile.suspended,
            callout(t("Suspended since"), " ", profile.suspended, tone="warn"),
            rx.fragment(),
        ),
        facts(
            (t("Role"), profile.role_name),
            (t("Language"), profile.language),
            (t("Time zone"), profile.time_zone),
            (t("Here since"), profile.since),
            (t("Last seen"), profile.seen),
            (t("Open sessions"), profile.sessions),
        ),
        rx.cond(profile.can_change, _deeds(), rx.fragment()),
        is_open=UsersState.is_open,
        on_open_change=UsersState.set_open,
        text=profile.email,
    )


def _deeds() -> rx.Component:
    profile = UsersState.profile
    options = [
        rx.el.option(t(name), value=str(role)) for role, name in ROLE_NAMES.items()
    ]
    return rx.el.div(
        field(
            t("Role"),
            "role",
            select(
                "role", options, value=profile.role, on_change=UsersState.change_role
            ),
            hint=t("A new role signs this person out everywhere."),
        ),
        rx.el.div(
            button(t("End all sessions"), on_click=UsersState.end_sessions),
            rx.cond(
                profile.suspended,
                button(t("Take the suspension back"), on_click=UsersState.reinstate),
                button(t("Suspend"), "danger-soft", on_click=UsersState.suspend),
            ),
            class_name="line",
        ),
        class_name="form",
    )
