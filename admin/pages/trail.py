"""The trail: who did what to whom, and the proof that nobody changed it."""

import reflex as rx

from admin.frame import staff_page, staff_title
from admin.pages.parts import named
from admin.state.trail import (
    EntryRow,
    StaffTrailState,
    VerifyingState,
)
from fintrack.components import states
from fintrack.components.cards import callout, card, card_head
from fintrack.components.elements import Attributes, button
from fintrack.components.forms import date_input, field, option, select, text_input
from fintrack.components.layout import page_head
from fintrack.components.tables import table
from fintrack.components.text import Text, t
from fintrack.core import routes


@rx.page(
    route=routes.STAFF_TRAIL,
    title=staff_title(t("Trail"), routes.STAFF_TRAIL),
    on_load=StaffTrailState.load,
)
def trail() -> rx.Component:
    """The page."""
    state = StaffTrailState
    return staff_page(
        page_head(
            t("Trail"),
            sub=t("Who did what, and to whom. What you look for here is in it too."),
        ),
        rx.el.div(
            _proof(),
            _form(),
            rx.fragment(
                rx.match(
                    state.status,
                    ("loading", card(states.loading_rows(8, t("Loading the trail")))),
                    (
                        "failed",
                        states.could_not_load(
                            t("The trail could not be loaded"), state.read_again
                        ),
                    ),
                    rx.cond(state.rows, _rows(), _none()),
                )
            ),
            class_name="stack",
        ),
        here=routes.STAFF_TRAIL,
        notice=state.notice,
    )


def _proof() -> rx.Component:
    state = VerifyingState
    return card(
        card_head(
            t("Verification"),
            rx.cond(
                state.is_running,
                rx.fragment(),
                button(
                    t("Verify the trail"),
                    icon_name="shield-check",
                    on_click=state.verify,
                ),
            ),
        ),
        rx.el.p(
            t(
                "Each row holds the hash of the one before: a row that was changed, "
                "removed or moved is found."
            ),
            class_name="muted",
        ),
        rx.cond(
            state.is_running,
            states.progress(
                t("Verifying"), state.progress, state.percent, on_cancel=state.stop
            ),
            rx.fragment(),
        ),
        rx.el.div(
            rx.cond(state.verdict, _verdict(), rx.fragment()),
            role="status",
            class_name="verdict",
        ),
    )


def _verdict() -> rx.Component:
    state = VerifyingState
    ended = rx.el.span(state.ended, class_name="muted small")
    said = (rx.el.b(state.verdict), " ", state.advice, " ", ended)
    return rx.fragment(
        rx.match(
            state.tone,
            ("accent", callout(*said, tone="accent", icon_name="shield-check")),
            ("danger", callout(*said, tone="danger", icon_name="triangle-alert")),
            ("warn", callout(*said, tone="warn", icon_name="triangle-alert")),
            callout(*said),
        )
    )


def _form() -> rx.Component:
    asked = StaffTrailState.asked
    kinds = [
        rx.el.option(t("Everything"), value=""),
        rx.foreach(StaffTrailState.kinds, option),
    ]
    return rx.el.form(
        _field(
            t("Person"),
            "person",
            text_input,
            asked.person,
            placeholder=t("E-mail or number"),
        ),
        field(
            t("Kind"),
            "kind",
            select("kind", kinds, default_value=asked.kind, key=asked.kind),
        ),
        _field(t("From"), "since", date_input, asked.since),
        _field(t("To"), "until", date_input, asked.until),
        button(t("Search"), "solid", type="submit", icon_name="search"),
        class_name="staff-search",
        on_submit=StaffTrailState.search,
        role="search",
        no_validate=True,
    )


def _field(
    label: Text, name: str, control: Attributes, value: Text, **more: Attributes
) -> rx.Component:
    return field(label, name, control(name, default_value=value, key=value, **more))


def _rows() -> rx.Component:
    heads = [t("What"), t("Who"), t("To whom"), t("When"), t("Row")]
    return card(
        table(heads, StaffTrailState.rows, _row, caption=t("Trail")),
        rx.cond(
            StaffTrailState.has_older,
            rx.el.div(
                button(t("Older"), "soft", on_click=StaffTrailState.show_older),
                class_name="paging",
            ),
            rx.fragment(),
        ),
        class_name="flush list",
    )


def _row(row: EntryRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.what),
        named(t("Who"), row.who, class_name="breaks"),
        rx.cond(
            row.about,
            named(t("To whom"), row.about, class_name="breaks"),
            rx.el.td(),
        ),
        rx.el.td(row.when),
        named(t("Row"), row.number),
    )


def _none() -> rx.Component:
    return rx.cond(
        StaffTrailState.is_nobody,
        states.empty(
            t("There is no such person"),
            t("Write the whole e-mail address, or the number of the person."),
            icon_name="search",
        ),
        states.empty(
            t("Nothing matches"),
            t("What happens is here within seconds. Look for less, or further back."),
            icon_name="search",
        ),
    )
