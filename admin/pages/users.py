"""People: a list and a search; nobody's books."""

import reflex as rx

from admin.frame import staff_page, staff_title
from admin.pages.parts import named, older
from admin.state.users import UserRow, UsersState
from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.elements import badge, page_link
from fintrack.components.forms import search_input
from fintrack.components.layout import page_head
from fintrack.components.tables import table
from fintrack.components.text import t
from fintrack.components.toolbars import filters
from fintrack.core import routes

# Each search stays in the trail: a word, not its first letters.
SEARCH_MS = 600


@rx.page(
    route=routes.STAFF_USERS,
    title=staff_title(t("Users"), routes.STAFF_USERS),
    on_load=UsersState.load,
)
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
                        t("The users could not be loaded"), state.read_again
                    ),
                ),
                rx.cond(state.users, _users(), _none()),
            )
        ),
        here=routes.STAFF_USERS,
    )


def _users() -> rx.Component:
    heads = [t("Name"), t("E-mail"), t("Role"), t("Last seen")]
    return card(
        table(heads, UsersState.users, _user, caption=t("Users")),
        older(UsersState.older, UsersState.show_older),
        class_name="flush list",
    )


def _user(user: UserRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            page_link(
                user.name,
                to=user.page,
                class_name="link breaks",
                custom_attrs={"data-row": ""},
            )
        ),
        rx.el.td(user.email, class_name="breaks"),
        rx.el.td(
            user.role,
            rx.cond(
                user.is_suspended,
                rx.fragment(" ", badge(t("Suspended"), "warn", icon_name="ban")),
                rx.fragment(),
            ),
            rx.cond(
                user.post,
                rx.el.div(user.post, class_name="muted small breaks"),
                rx.fragment(),
            ),
        ),
        named(t("Last seen"), user.seen),
        class_name="whole-row",
    )


def _none() -> rx.Component:
    return states.empty(
        t("Nobody is found"),
        t("Look for a part of the name or of the e-mail address."),
        icon_name="search",
    )
