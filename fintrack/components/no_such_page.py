"""What an address shows that leads nowhere, or nowhere for this person."""

import reflex as rx

from fintrack.components.elements import link_button
from fintrack.components.layout import focus_frame
from fintrack.components.states import empty
from fintrack.components.text import page_title, t
from fintrack.core import routes

TITLE = page_title(t("Not found"))


def no_such_page() -> rx.Component:
    """The page; whoever asks may be signed out, so it has no places around it.

    Example:
        ``rx.cond(State.is_mine, content, no_such_page())``
    """
    return focus_frame(
        rx.el.h1(t("Not found"), class_name="sr"),
        empty(
            t("There is no such page"),
            t("The address may be mistyped, or the page may have moved."),
            link_button(t("Go to the dashboard"), routes.DASHBOARD, "solid"),
            icon_name="search",
        ),
    )
