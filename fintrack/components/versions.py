"""Two versions of what two tabs edited, side by side."""

import reflex as rx

from fintrack.components.elements import button
from fintrack.components.money import sentence
from fintrack.components.text import t
from fintrack.state.rows import Difference

SHOW = "document.querySelector('.conflict')?.scrollIntoView({block:'nearest'})"


def two_versions(
    differences: list[Difference],
    *,
    take_theirs: rx.event.EventType[()],
    keep_mine: rx.event.EventType[()],
) -> rx.Component:
    """What somebody else saved meanwhile beside what was typed here; it comes in sight.

    Example:
        ``two_versions(State.differences, take_theirs=…, keep_mine=…)``
    """
    return rx.el.div(
        rx.el.table(
            rx.el.caption(
                t("Someone changed this in the meantime. Nothing was overwritten."),
                class_name="warn",
            ),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(t("Field"), scope="col"),
                    rx.el.th(t("Yours"), scope="col"),
                    rx.el.th(t("Theirs"), scope="col"),
                )
            ),
            rx.el.tbody(rx.foreach(differences, _difference)),
        ),
        rx.el.div(
            button(t("Take theirs"), "soft", on_click=take_theirs),
            button(t("Keep mine"), on_click=keep_mine),
            class_name="line",
        ),
        class_name="conflict",
        role="alert",
        on_mount=rx.call_script(SHOW),
    )


def _difference(one: Difference) -> rx.Component:
    return rx.el.tr(
        rx.el.th(one.label, scope="row"),
        rx.el.td(sentence(one.mine)),
        rx.el.td(sentence(one.theirs)),
    )
