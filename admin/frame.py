"""The frame of the staff area, and what everybody else sees in its place."""

from dataclasses import dataclass

import reflex as rx

from fintrack.components.coming_back import coming_back
from fintrack.components.elements import icon, page_link
from fintrack.components.keys import keys
from fintrack.components.layout import (
    CONTENT,
    LanguageKeeper,
    account_menu,
    skip_link,
    top_bar,
)
from fintrack.components.navigation import mark
from fintrack.components.no_such_page import TITLE, no_such_page
from fintrack.components.second_click import SecondClick
from fintrack.components.text import t
from fintrack.components.theme import appearance_keeper
from fintrack.components.toasts import toasts
from fintrack.core import routes
from fintrack.core.actor import STAFF, Role
from fintrack.state.rows import Notice
from fintrack.state.session import SessionState

ADMINS = frozenset({Role.ADMIN})
SUPPORTERS = frozenset({Role.ADMIN, Role.SUPPORT})


@dataclass(frozen=True)
class Place:
    """A page of the staff area and who may open it."""

    route: str
    label: rx.Var[str]
    icon_name: str
    roles: frozenset[Role]


PLACES = (
    Place(routes.STAFF, t("Overview"), "activity", STAFF),
    Place(routes.STAFF_USERS, t("Users"), "users", SUPPORTERS),
    Place(routes.STAFF_JOBS, t("Jobs"), "clock", ADMINS),
    Place(routes.STAFF_MAIL, t("Mail"), "mail", ADMINS),
    Place(routes.STAFF_RATES, t("Rates"), "arrow-left-right", ADMINS),
    Place(routes.STAFF_TRAIL, t("Trail"), "history", ADMINS),
)


def staff_title(name: rx.Var[str], here: str) -> rx.Var[str]:
    """The title of a page; it gives nothing away to those it is not for."""
    named = f"{name} · FinTrack Staff"
    roles = rx.Var.create(sorted(str(role) for role in _place(here).roles))
    return rx.cond(roles.contains(SessionState.role), named, TITLE).to(str)


def staff_page(
    *content: rx.Component,
    here: str,
    notice: Notice | None = None,
) -> rx.Component:
    """``content`` for those whose role the place is for, else a plain "not found".

    The role in the state is what the guard wrote there; nothing else writes it. Until
    it is known the page is blank, so that staff see no "not found" flash by.

    Example:
        ``staff_page(page_head(t("Jobs")), …, here=routes.STAFF_JOBS)``
    """
    return rx.fragment(
        rx.match(
            SessionState.role,
            (*sorted(_place(here).roles), _framed(*content, here=here, notice=notice)),
            rx.cond(
                rx.State.is_hydrated,
                no_such_page(),
                rx.el.main(id=CONTENT, aria_busy="true"),
            ),
        )
    )


def _place(route: str) -> Place:
    return next(place for place in PLACES if place.route == route)


def _framed(*content: rx.Component, here: str, notice: Notice | None) -> rx.Component:
    person = SessionState.me
    return rx.el.div(
        skip_link(),
        rx.el.div(
            _rail(here),
            rx.el.div(
                top_bar(person),
                rx.el.main(*content, id=CONTENT, class_name="page", tab_index=-1),
                class_name="main",
            ),
            class_name="app",
        ),
        _bottom_bar(here),
        account_menu(person, _my_books()),
        keys(),
        SecondClick.create(),
        coming_back(),
        LanguageKeeper.create(language=SessionState.language),
        appearance_keeper(),
        rx.fragment() if notice is None else toasts(notice, rx.console_log),
    )


def _rail(here: str) -> rx.Component:
    return rx.el.aside(
        page_link(
            mark(),
            rx.el.span("FinTrack ", rx.el.em(t("Staff"))),
            to=routes.STAFF,
            class_name="brand",
            aria_label=t("Staff area"),
        ),
        rx.el.nav(*[_link(place, here) for place in PLACES], aria_label=t("Staff")),
        rx.el.nav(_way_back(), class_name="rail-end", aria_label=t("Tools")),
        class_name="rail",
        aria_label=t("Staff area"),
    )


def _bottom_bar(here: str) -> rx.Component:
    return rx.el.nav(
        *[_link(place, here) for place in PLACES],
        class_name="tabbar staff-tabs",
        aria_label=t("Bottom bar"),
    )


def _link(place: Place, here: str) -> rx.Component:
    """The way to a place, for those who may go there."""
    link = page_link(
        icon(place.icon_name),
        rx.el.span(place.label),
        to=place.route,
        title=place.label,
        custom_attrs={"aria-current": "page"} if place.route == here else {},
    )
    return rx.fragment(
        rx.match(SessionState.role, (*sorted(place.roles), link), rx.fragment())
    )


def _my_books() -> rx.Component:
    """On a phone the account menu is the way back: the bar has no room for it."""
    return page_link(
        icon("arrow-left"),
        rx.el.span(t("Back to my books")),
        to=routes.DASHBOARD,
        class_name="menu-item",
    )


def _way_back() -> rx.Component:
    return page_link(
        icon("arrow-left"),
        rx.el.span(t("Back to my books")),
        to=routes.DASHBOARD,
        title=t("Back to my books"),
    )
