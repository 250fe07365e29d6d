"""The frame around every page, and the two quiet frames without a rail."""

from collections.abc import Sequence

import reflex as rx

from fintrack.components.coming_back import coming_back
from fintrack.components.elements import icon, page_link
from fintrack.components.keys import keys, keys_help
from fintrack.components.navigation import (
    Counts,
    bottom_bar,
    mark,
    more_sheet,
    rail,
)
from fintrack.components.palette import palette
from fintrack.components.picture import avatar
from fintrack.components.second_click import SecondClick
from fintrack.components.statement_drop import drop_leads
from fintrack.components.text import Text, t
from fintrack.components.theme import appearance_keeper, appearance_switch
from fintrack.components.toasts import toasts
from fintrack.core import routes
from fintrack.core.text import language_name, languages
from fintrack.state.last_undo import LastUndo
from fintrack.state.review_count import ReviewCount
from fintrack.state.rows import Notice, Person
from fintrack.state.session import SessionState

ACCOUNT_MENU = "account-menu"
CONTENT = "content"
SESSION = "/api/v1/auth/session"


class PrivacyToggle(rx.Component):
    """The eye that blurs every amount on this device."""

    library = "$/public/privacy.jsx"
    tag = "PrivacyToggle"

    label: rx.Var[str]


class SignOut(rx.Component):
    """Ends the session over HTTP, then loads the sign-in page."""

    library = "$/public/sign_out.jsx"
    tag = "SignOut"

    label: rx.Var[str]
    url: rx.Var[str]
    following: rx.Var[str]


class LanguageKeeper(rx.Component):
    """Makes the page speak the person's language; draws nothing."""

    library = "$/public/language.jsx"
    tag = "LanguageKeeper"

    language: rx.Var[str]


def frame(
    *content: rx.Component,
    here: str,
    person: Person,
    shortcuts: dict[str, rx.event.EventType[()]] | None = None,
) -> rx.Component:
    """Rail, top bar, bottom bar and keys around a page of somebody signed in.

    ``here`` is the page's place in the rail, ``shortcuts`` are handlers named
    ``on_new``, ``on_search``, ``on_undo``, ``on_close``. Without an ``on_undo`` the
    frame takes the last change back and has the page read itself again.

    Example:
        ``frame(page_head(t("Accounts")), …, here=routes.ACCOUNTS, person=Session.me)``
    """
    pressed = shortcuts or {}
    counts: Counts = {routes.REVIEW: ReviewCount.left}
    return rx.el.div(
        skip_link(),
        rx.el.div(
            rail(here, counts),
            rx.el.div(
                top_bar(person, palette()),
                rx.el.main(*content, id=CONTENT, class_name="page", tab_index=-1),
                class_name="main",
            ),
            class_name="app",
        ),
        bottom_bar(here),
        more_sheet(here, counts),
        rx.el.span(hidden=True, on_mount=ReviewCount.load),
        account_menu(person),
        rx.fragment() if "on_undo" in pressed else _last_undo(),
        keys(**{"on_undo": [LastUndo.undo_last, LastUndo.read_page], **pressed}),
        SecondClick.create(),
        coming_back(),
        drop_leads(),
        LanguageKeeper.create(language=SessionState.language),
        appearance_keeper(),
    )


def _last_undo() -> rx.Component:
    return changes_told(LastUndo.notice, LastUndo.undo, [LastUndo.read_page])


def changes_told(
    notice: Notice,
    on_undo: rx.event.EventType[str],
    undone: Sequence[rx.event.EventType[()]] = (),
) -> rx.Component:
    """Notices of what was done to the books: each counts the review anew.

    Example:
        ``changes_told(HistoryState.notice, HistoryState.undo)``
    """
    return toasts(notice, on_undo, undone, shown=[ReviewCount.load])


class LanguageSwitch(rx.Component):
    """See ``assets/language.jsx``."""

    library = "$/public/language.jsx"
    tag = "LanguageSwitch"

    label: rx.Var[str]
    choices: rx.Var[list[dict[str, str]]]


def language_switch() -> rx.Component:
    """The languages to choose from for somebody who is not signed in.

    Who is signed in has chosen: the page follows them (``LanguageKeeper``).

    Example:
        ``rx.el.footer(language_switch(), appearance_switch(), class_name="foot")``
    """
    choices = [{"code": one, "name": language_name(one)} for one in languages()]
    return rx.cond(
        SessionState.is_signed_in,
        rx.fragment(),
        LanguageSwitch.create(label=t("Language"), choices=choices),
    )


def page_head(title: Text, *tools: rx.Component, sub: Text = "") -> rx.Component:
    """The title row: title, then the period picker and the one solid button.

    Example:
        ``page_head(t("Accounts"), button(t("New account"), "solid"))``
    """
    return rx.el.header(
        rx.el.div(
            rx.el.h1(title),
            rx.cond(sub, rx.el.p(sub, class_name="sub"), rx.fragment()),
        ),
        rx.el.div(*tools, class_name="tools"),
        class_name="page-head",
    )


def back_link(label: Text, to: str) -> rx.Component:
    """Above the title of a page that hangs below another one.

    Example:
        ``back_link(t("Settings"), routes.SETTINGS)``
    """
    return page_link(icon("chevron-left", "s"), label, to=to, class_name="back muted")


def door(*content: rx.Component, aside: rx.Component) -> rx.Component:
    """Sign-in and setup: a narrow form beside a calm half that only desktops see.

    Example:
        ``door(rx.el.h1(t("Welcome back")), credential_form(…), aside=promise())``
    """
    return rx.el.div(
        rx.el.main(
            rx.el.span(mark(), rx.el.span("FinTrack"), class_name="brand"),
            rx.el.div(*content, class_name="door-form"),
            rx.el.footer(language_switch(), appearance_switch(), class_name="foot"),
            id=CONTENT,
            class_name="door",
        ),
        rx.el.aside(
            rx.el.div(aside), class_name="calm", aria_label=t("About FinTrack")
        ),
        LanguageKeeper.create(language=SessionState.language),
        appearance_keeper(),
        class_name="doors-half",
    )


def focus_frame(*content: rx.Component) -> rx.Component:
    """One task without places around it: onboarding.

    Example:
        ``focus_frame(rx.el.h1(t("How would you like to begin?")), …)``
    """
    return rx.el.div(
        rx.el.header(
            rx.el.span(mark(), rx.el.span("FinTrack"), class_name="brand"),
            appearance_switch(),
            class_name="focus-bar",
        ),
        rx.el.main(*content, id=CONTENT, class_name="wrap"),
        LanguageKeeper.create(language=SessionState.language),
        appearance_keeper(),
    )


def skip_link() -> rx.Component:
    """The first stop of the Tab key: over the rail, into the page."""
    return rx.el.a(t("Skip to the content"), href=f"#{CONTENT}", class_name="skip")


def top_bar(person: Person, *search: rx.Component) -> rx.Component:
    """The sign on a phone, the search where there is one, the eye, the account menu."""
    return rx.el.header(
        page_link(
            mark(), to=routes.DASHBOARD, class_name="brand-phone", aria_label="FinTrack"
        ),
        rx.el.span(class_name="spacer only-phone"),
        *search,
        rx.el.span(class_name="spacer no-phone"),
        PrivacyToggle.create(label=t("Hide amounts")),
        rx.el.button(
            avatar(person),
            type="button",
            class_name="avatar-btn",
            custom_attrs={
                "popoverTarget": ACCOUNT_MENU,
                "aria-label": t("Account menu"),
            },
        ),
        class_name="topbar",
    )


def account_menu(person: Person, elsewhere: rx.Component | None = None) -> rx.Component:
    """Who is signed in, appearance, keys, sign out; a sheet on a phone.

    ``elsewhere`` is the way out of an area, in which no key takes a change back;
    without it, staff see theirs.
    """
    return rx.el.div(
        rx.el.div(
            avatar(person, "l"),
            rx.el.b(person.name, class_name="truncate"),
            rx.el.span(person.email, class_name="muted small truncate"),
            class_name="who",
        ),
        rx.el.div(
            rx.el.span(t("Appearance")), appearance_switch(), class_name="menu-line"
        ),
        page_link(
            icon("sliders-horizontal"),
            rx.el.span(t("Settings")),
            to=routes.SETTINGS,
            class_name="menu-item",
        ),
        elsewhere or _staff_area(),
        keys_help(ACCOUNT_MENU, undoes=elsewhere is None),
        SignOut.create(label=t("Sign out"), url=SESSION, following=routes.SIGN_IN),
        id=ACCOUNT_MENU,
        class_name="pop menu float",
        role="dialog",
        aria_label=t("Account menu"),
        custom_attrs={"popover": "auto"},
    )


def _staff_area() -> rx.Component:
    return rx.fragment(
        rx.cond(
            SessionState.is_staff,
            page_link(
                icon("shield"),
                rx.el.span(t("Staff area")),
                to=routes.STAFF,
                class_name="menu-item",
            ),
            rx.fragment(),
        )
    )
