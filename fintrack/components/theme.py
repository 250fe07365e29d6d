"""Radix theme, sheets, head: what ``rxconfig.py`` and ``rx.App`` are given."""

from typing import Literal

import reflex as rx
from reflex_base.style import color_mode, set_color_mode

from fintrack.components.elements import icon
from fintrack.components.text import Text, t
from fintrack.core.text import languages
from fintrack.state.appearance import AppearanceState
from fintrack.state.session import SessionState

# The order counts: later sheets override earlier ones.
STYLESHEETS = [
    f"/styles/{name}.css"
    for name in (
        "tokens",
        "base",
        "frame",
        "parts",
        "states",
        "charts",
        "accounts",
        "transactions",
        "entry",
        "attachments",
        "recovery",
        "dashboard",
        "reconcile",
        "recurring",
        "currencies",
        "staff",
        "palette",
        "rules",
        "picking",
        "narrow",
    )
]


def head_components() -> list[rx.Component]:
    """What stands in ``<head>`` of every page."""
    return [
        rx.el.script(src="/preferences.js"),
        rx.el.meta(name="fintrack-languages", content=" ".join(languages())),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.meta(name="color-scheme", content="light dark"),
    ]


class AppearanceKeeper(rx.Component):
    """Keeps device and account alike; see ``assets/appearance.jsx``."""

    library = "$/public/appearance.jsx"
    tag = "AppearanceKeeper"

    is_known: rx.Var[bool]
    appearance: rx.Var[str]
    on_choose: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def appearance_keeper() -> rx.Component:
    """What was chosen comes to each device of the person; a frame includes it once."""
    # Who lacks a second factor may keep nothing yet.
    return AppearanceKeeper.create(
        is_known=SessionState.is_signed_in & ~SessionState.lacks_factor,
        appearance=SessionState.appearance,
        on_choose=AppearanceState.keep,
    )


def appearance_switch() -> rx.Component:
    """Light, dark or the system's choice; without a person kept in the browser.

    Example:
        ``field_line(t("Appearance"), appearance_switch())``
    """
    choices: tuple[tuple[Literal["light", "dark", "system"], str, Text], ...] = (
        ("light", "sun", t("Light")),
        ("dark", "moon", t("Dark")),
        ("system", "monitor", t("System")),
    )
    return rx.el.div(
        *[
            rx.el.button(
                icon(icon_name, "s"),
                type="button",
                title=label,
                on_click=set_color_mode(mode),
                custom_attrs={"aria-label": label, "aria-pressed": color_mode == mode},
            )
            for mode, icon_name, label in choices
        ],
        class_name="seg s",
        role="group",
        aria_label=t("Appearance"),
    )
