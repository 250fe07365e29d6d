"""Where a second factor is demanded: the one page for those who have none yet."""

import reflex as rx

from fintrack.components.layout import SESSION, SignOut, door
from fintrack.components.step_up import enrol_factor
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.promise import promise
from fintrack.state.entry import EntryState


@rx.page(
    route=routes.ENROL,
    title=page_title(t("Second factor")),
    on_load=EntryState.open_enrolment,
)
def enrol() -> rx.Component:
    """Set up and go on, or sign out."""
    return door(
        rx.el.div(
            rx.el.h1(t("One step before you go on")),
            rx.el.p(
                t(
                    "A second factor is demanded here: a code from your phone, beside "
                    "the password."
                ),
                class_name="muted",
            ),
        ),
        rx.el.div(enrol_factor(t("Set up")), class_name="line card-acts"),
        rx.el.p(
            t(
                "You need an authenticator app. It shows six digits that change every "
                "half minute, without any network."
            ),
            class_name="muted small",
        ),
        SignOut.create(label=t("Sign out"), url=SESSION, following=routes.SIGN_IN),
        aside=promise(),
    )
