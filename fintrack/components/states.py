"""What a list or a page shows when it is not simply full and fine."""

import reflex as rx

from fintrack.components.elements import Attributes, Tone, button, icon
from fintrack.components.text import Text, t


def empty(
    title: Text,
    text: Text,
    *actions: rx.Component,
    icon_name: str,
    tone: Tone = "",
) -> rx.Component:
    """The shape of the three empty states; use one of the three below."""
    return rx.el.div(
        rx.el.span(icon(icon_name, "l"), class_name=f"glyph {tone}".strip()),
        rx.el.h2(title),
        rx.el.p(text),
        rx.el.div(*actions, class_name="acts"),
        class_name="card empty",
    )


def nothing_yet(
    title: Text, text: Text, *actions: rx.Component, icon_name: str
) -> rx.Component:
    """Nothing is there yet: what it is, one solid action, maybe sample data.

    Example:
        ``nothing_yet(t("No accounts yet"), t("…"), button(…), icon_name="wallet")``
    """
    return empty(title, text, *actions, icon_name=icon_name, tone="accent")


def nothing_matches(title: Text, text: Text, on_clear: Attributes) -> rx.Component:
    """Filters leave nothing: say what was asked, clear it.

    Example:
        ``nothing_matches(State.asked, State.filters, State.clear_filters)``
    """
    return empty(
        title,
        text,
        button(t("Clear filters"), on_click=on_clear),
        icon_name="search",
    )


def could_not_load(
    title: Text, on_retry: Attributes, *, reference: Text = ""
) -> rx.Component:
    """Loading failed: what happened, what is safe, what to do.

    Example:
        ``could_not_load(t("The accounts could not be loaded"), State.load)``
    """
    return rx.el.div(
        empty(
            title,
            t("Your books are safe and nothing was changed."),
            button(t("Try again"), icon_name="refresh-cw", on_click=on_retry),
            rx.el.p(reference, class_name="small reference"),
            icon_name="wifi-off",
            tone="danger",
        ),
        role="alert",
    )


def loading_rows(count: int, label: Text) -> rx.Component:
    """Bones with the heights of real rows, so that nothing jumps.

    Example:
        ``rx.cond(State.is_loading, loading_rows(6, t("Loading")), rows(…))``
    """
    widths = ("62%", "44%", "70%", "52%")
    bones = [_bone_row(widths[place % len(widths)]) for place in range(count)]
    return rx.el.div(
        rx.el.ul(*bones, class_name="rows", aria_hidden="true"),
        class_name="bones",
        role="status",
        aria_busy="true",
        aria_label=label,
    )


def loading_answer() -> rx.Component:
    """A bone as high as the answer of a page."""
    return rx.el.div(
        rx.el.span(class_name="bone label-bone"),
        rx.el.span(class_name="bone answer-bone"),
        aria_hidden="true",
    )


class WhileRunning(rx.Component):
    """Asks every other second how far something came that runs elsewhere.

    It does as long as it is on a page that somebody sees; it draws nothing.
    """

    library = "$/public/while_running.jsx"
    tag = "WhileRunning"

    on_look: rx.EventHandler[rx.event.no_args_event_spec]


def progress(
    title: Text, count: Text, percent: int, *, hint: Text = "", on_cancel: Attributes
) -> rx.Component:
    """Work over one second: a number, and it can be stopped.

    Example:
        ``progress(t("Importing"), State.done_of_all, State.percent, on_cancel=…)``
    """
    width = rx.Var.create(percent).to(str) + "%"
    return rx.el.div(
        rx.el.div(
            rx.el.span(rx.el.b(title), " ", rx.el.span(count, class_name="muted num")),
            button(t("Stop"), "soft", class_name="s", on_click=on_cancel),
            class_name="top",
        ),
        rx.el.span(
            rx.el.i(style={"width": width}),
            class_name="bar",
            role="progressbar",
            aria_label=title,
            aria_valuemin=0,
            aria_valuemax=100,
            aria_valuenow=percent,
        ),
        rx.el.span(hint, class_name="muted small"),
        class_name="progress float",
    )


def spinner() -> rx.Component:
    """A small turning ring for a button that is busy.

    Example:
        ``button(rx.cond(State.is_saving, spinner(), t("Save")), "solid")``
    """
    return rx.el.span(class_name="spin", aria_hidden="true")


def _bone_row(width: str) -> rx.Component:
    return rx.el.li(
        rx.el.span(class_name="bone glyph-bone"),
        rx.el.span(
            rx.el.span(class_name="bone", style={"width": width, "height": "12px"}),
            rx.el.span(class_name="bone", style={"width": "36%", "height": "10px"}),
            class_name="what",
        ),
        rx.el.span(class_name="bone much-bone"),
        class_name="row",
    )
