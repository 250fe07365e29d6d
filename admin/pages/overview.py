"""The first page of the staff area: for admins, how every part of the house does."""

import reflex as rx

from admin.frame import staff_page, staff_title
from admin.pages.parts import toned_badge
from admin.state.overview import OverviewState
from admin.state.part_rows import PartRow
from fintrack.components import states
from fintrack.components.cards import callout, card
from fintrack.components.elements import button, link_button
from fintrack.components.layout import page_head
from fintrack.components.step_up import fresh_button
from fintrack.components.text import t
from fintrack.core import routes
from fintrack.core.actor import Role
from fintrack.state.session import SessionState


@rx.page(
    route=routes.STAFF,
    title=staff_title(t("Overview"), routes.STAFF),
    on_load=OverviewState.load,
)
def overview() -> rx.Component:
    """The page."""
    is_admin = SessionState.role == str(Role.ADMIN)
    return staff_page(
        page_head(
            t("Overview"),
            rx.cond(
                is_admin,
                button(
                    t("Refresh"), icon_name="refresh-cw", on_click=OverviewState.load
                ),
                rx.fragment(),
            ),
        ),
        rx.el.div(
            callout(
                t("You work for everybody here and see nobody’s books."),
                icon_name="shield",
            ),
            rx.match(
                SessionState.role,
                (str(Role.ADMIN), _health()),
                (str(Role.SUPPORT), _people()),
                states.empty(
                    t("Nothing to do yet"),
                    t("What your role works on will appear here."),
                    icon_name="coffee",
                ),
            ),
            class_name="stack",
        ),
        here=routes.STAFF,
        notice=OverviewState.notice,
    )


def _people() -> rx.Component:
    return states.empty(
        t("Does somebody need help?"),
        t(
            "Look them up by name or e-mail: you see how they stand and when they were "
            "last here."
        ),
        link_button(t("Find somebody"), routes.STAFF_USERS, "solid"),
        icon_name="users",
    )


def _health() -> rx.Component:
    return rx.fragment(
        rx.match(
            OverviewState.status,
            ("loading", card(states.loading_rows(5, t("Loading the overview")))),
            (
                "failed",
                states.could_not_load(
                    t("The overview could not be loaded"), OverviewState.load
                ),
            ),
            card(
                rx.el.ul(
                    rx.foreach(OverviewState.parts, _part),
                    class_name="rows",
                    aria_label=t("Parts of the house"),
                ),
            ),
        )
    )


def _part(part: PartRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.b(part.name),
            rx.el.span(part.says, class_name="muted small"),
            rx.cond(part.fix, rx.el.span(part.fix, class_name="small"), rx.fragment()),
            class_name="what",
        ),
        rx.el.span(
            rx.cond(
                part.remedy,
                button(
                    part.label,
                    class_name="s",
                    on_click=OverviewState.mend(part.remedy),
                ),
                rx.fragment(),
            ),
            rx.cond(part.url, _acknowledge(part), rx.fragment()),
            toned_badge(part.tone, part.standing),
            class_name="line",
        ),
        class_name="row staff-part",
    )


def _acknowledge(part: PartRow) -> rx.Component:
    return fresh_button(
        part.label,
        part.url,
        question={
            "title": t("Acknowledge this loss?"),
            "text": t(
                "Your e-mail and the time stay in the trail and in this row. Each "
                "verification goes on telling the loss."
            ),
            "yes": t("Acknowledge"),
            "no": t("Not yet"),
        },
    )
