"""One person: who they are, how they stand, and what an admin can do about it."""

import reflex as rx

from admin.frame import staff_page, staff_title
from admin.state.person import PersonState
from fintrack.components import states
from fintrack.components.cards import callout, card, card_head, facts
from fintrack.components.credential_form import CredentialField, credential_form
from fintrack.components.elements import icon, link_button, page_link
from fintrack.components.forms import field, option, select
from fintrack.components.layout import page_head
from fintrack.components.step_up import Stale, fresh_button
from fintrack.components.text import t
from fintrack.core import routes
from fintrack.core.actor import Role
from fintrack.state.session import SessionState


@rx.page(
    route=routes.STAFF_USER,
    title=staff_title(t("User"), routes.STAFF_USERS),
    on_load=PersonState.load,
)
def person() -> rx.Component:
    """The page."""
    return staff_page(
        page_link(
            icon("chevron-left", "s"),
            t("Users"),
            to=routes.STAFF_USERS,
            class_name="back muted",
        ),
        rx.fragment(
            rx.match(
                PersonState.status,
                ("ready", _ready()),
                ("missing", _missing()),
                (
                    "failed",
                    states.could_not_load(
                        t("The profile could not be loaded"), PersonState.load
                    ),
                ),
                rx.fragment(
                    page_head(t("User")),
                    card(states.loading_rows(6, t("Loading the profile"))),
                ),
            )
        ),
        here=routes.STAFF_USERS,
        notice=PersonState.notice,
    )


def _ready() -> rx.Component:
    profile = PersonState.profile
    return rx.fragment(
        Stale.create(on_stale=PersonState.look_again),
        page_head(
            profile.name,
            rx.cond(
                SessionState.role == str(Role.ADMIN),
                link_button(t("Their trail"), profile.trail, icon_name="history"),
                rx.fragment(),
            ),
            sub=profile.email,
        ),
        rx.el.div(
            rx.cond(
                profile.suspended,
                callout(
                    t("Suspended since"),
                    " ",
                    profile.suspended,
                    tone="warn",
                    icon_name="ban",
                ),
                rx.fragment(),
            ),
            _profile(),
            rx.cond(profile.can_post, _post(), rx.fragment()),
            rx.cond(profile.can_change, _deeds(), rx.fragment()),
            rx.cond(
                profile.is_me,
                callout(
                    t("This is you. Only another admin changes how you stand here."),
                    icon_name="info",
                ),
                rx.fragment(),
            ),
            class_name="stack settings",
        ),
    )


def _missing() -> rx.Component:
    return rx.fragment(
        page_head(t("User")),
        states.empty(
            t("There is no such person"),
            t("The address may be mistyped."),
            link_button(t("All users"), routes.STAFF_USERS),
            icon_name="search",
        ),
    )


def _profile() -> rx.Component:
    profile = PersonState.profile
    return card(
        card_head(t("Profile")),
        facts(
            (t("Role"), profile.role_name),
            (t("Department and position"), profile.post),
            (t("Language"), profile.language),
            (t("Time zone"), profile.time_zone),
            (t("Here since"), profile.since),
            (t("Last seen"), profile.seen),
            (t("Open sessions"), profile.sessions),
        ),
    )


def _post() -> rx.Component:
    profile = PersonState.profile
    fields = [
        CredentialField(
            "department",
            t("Department"),
            "text",
            value=profile.department,
            optional=True,
        ),
        CredentialField(
            "position",
            t("Position"),
            "text",
            value=profile.position,
            optional=True,
        ),
        CredentialField("version", "", "version", value=f"{profile.version}"),
    ]
    return card(
        card_head(t("Department and position")),
        credential_form(
            f"{profile.url}/post",
            fields,
            t("Keep these"),
            following=profile.page,
            method="PUT",
        ),
    )


def _deeds() -> rx.Component:
    return card(
        card_head(t("Access")),
        _role(),
        rx.el.div(
            _end_sessions(),
            rx.cond(PersonState.profile.suspended, _reinstate(), _suspend()),
            class_name="line card-acts",
        ),
    )


def _role() -> rx.Component:
    options = [rx.foreach(PersonState.roles, option)]
    return rx.el.div(
        field(
            t("Role"),
            "role",
            select(
                "role",
                options,
                value=PersonState.chosen_role,
                on_change=PersonState.choose_role,
            ),
            hint=t("A new role signs this person out everywhere."),
        ),
        rx.cond(
            PersonState.chosen_role == PersonState.profile.role,
            rx.fragment(),
            fresh_button(
                t("Give this role"),
                f"{PersonState.profile.url}/role",
                method="PUT",
                look="solid",
                version=PersonState.profile.version,
                role=PersonState.chosen_role,
            ),
        ),
        class_name="form",
    )


def _end_sessions() -> rx.Component:
    return fresh_button(
        t("End all sessions"),
        f"{PersonState.profile.url}/end-sessions",
        question={
            "title": t("End all sessions of this person?"),
            "text": t("They sign in again everywhere; nothing else changes."),
            "yes": t("End all"),
            "no": t("Leave them"),
        },
    )


def _suspend() -> rx.Component:
    return fresh_button(
        t("Suspend"),
        f"{PersonState.profile.url}/suspend",
        look="danger-soft",
        version=PersonState.profile.version,
        question={
            "title": t("Suspend this person?"),
            "text": t(
                "They are signed out at once and cannot sign in until you take it "
                "back. Their books stay as they are."
            ),
            "yes": t("Suspend"),
            "no": t("Leave them"),
        },
    )


def _reinstate() -> rx.Component:
    return fresh_button(
        t("Take the suspension back"),
        f"{PersonState.profile.url}/reinstate",
        version=PersonState.profile.version,
    )
