"""Search and jump: places, deeds, and what the books hold, from every page."""

from collections.abc import Iterable
from typing import NamedTuple

import reflex as rx
from reflex_base.style import toggle_color_mode

from fintrack.components.elements import Attributes, glyph, icon, page_link
from fintrack.components.lists import what
from fintrack.components.money import money
from fintrack.components.navigation import ENTRIES
from fintrack.components.text import Text, t
from fintrack.core import routes
from fintrack.state.palette import FoundGroup, PaletteState
from fintrack.state.palette_currencies import FoundRow


class Place(NamedTuple):
    """A row that is always offered; icons differ, so they name the rows."""

    icon_name: str
    label: rx.Var[str]
    route: str


DEEDS = (
    Place("plus", t("New transaction"), routes.new_transaction()),
    Place("circle-plus", t("New account"), routes.new_account()),
    Place("list-plus", t("New rule"), routes.blank_rule()),
    Place("history", t("What was changed, and Undo"), routes.HISTORY),
    Place("shield-check", t("Sign-in and security"), routes.SECURITY),
)


class Palette(rx.Component):
    """The button, its key and the dialog; see ``assets/palette.jsx``."""

    library = "$/public/palette.jsx"
    tag = "Palette"

    label: rx.Var[str]
    prompt: rx.Var[str]
    hint: rx.Var[str]
    close: rx.Var[str]
    everywhere: rx.Var[dict[str, str]]
    on_words: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def palette() -> rx.Component:
    """The search of the top bar; ``Ctrl+K`` opens it."""
    return Palette.create(
        _places(t("Do"), DEEDS, _hide(), _turn()),
        _places(t("Go to"), [Place(e.icon_name, e.label, e.route) for e in ENTRIES]),
        rx.foreach(PaletteState.groups, _found),
        label=t("Search or jump to"),
        prompt=t("Account, category, payee or page"),
        hint="Ctrl K",
        close=t("Close"),
        everywhere={
            "label": t("Search all transactions"),
            "path": f"{routes.transactions(period='all')}&q=",
        },
        on_words=PaletteState.look_up,
    )


def _places(title: Text, places: Iterable[Place], *deeds: rx.Component) -> rx.Component:
    """Rows that are always there; the browser hides those that do not match."""
    return _group(
        title,
        *[
            _option(f"palette-{place.icon_name}", place.route, *_named(place))
            for place in places
        ],
        *deeds,
        custom_attrs={"data-places": ""},
    )


def _hide() -> rx.Component:
    """Presses the eye of the top bar."""
    return _deed("eye-off", t("Hide amounts"), data={"data-press": "privacy-toggle"})


def _turn() -> rx.Component:
    return _deed("sun-moon", t("Light or dark"), on_click=toggle_color_mode)


def _deed(
    icon_name: str,
    label: Text,
    *,
    data: dict[str, str] | None = None,
    **attributes: Attributes,
) -> rx.Component:
    """What is done where one is."""
    return rx.el.div(
        icon(icon_name),
        rx.el.span(label),
        id=f"palette-{icon_name}",
        role="option",
        class_name="palette-row",
        custom_attrs={"aria-selected": "false", **(data or {})},
        **attributes,
    )


def _named(place: Place) -> tuple[rx.Component, rx.Component]:
    return icon(place.icon_name), rx.el.span(place.label)


def _found(group: FoundGroup) -> rx.Component:
    return _group(group.label, rx.foreach(group.rows, _row))


def _row(row: FoundRow) -> rx.Component:
    return _option(
        row.id,
        row.href,
        glyph(row.glyph),
        what(row.name, row.detail),
        money(row.amount),
    )


def _group(
    title: Text, *options: rx.Component, **attributes: Attributes
) -> rx.Component:
    return rx.el.div(
        rx.el.h3(title, aria_hidden="true"),
        *options,
        role="group",
        aria_label=title,
        **attributes,
    )


def _option(id_: Text, to: Text, *content: rx.Component) -> rx.Component:
    return page_link(
        *content,
        id=id_,
        to=to,
        role="option",
        class_name="palette-row",
        custom_attrs={"aria-selected": "false", "tabIndex": -1},
    )
