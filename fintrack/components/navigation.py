"""The places of FinTrack: one table for the rail, the bottom bar, More and the keys."""

from dataclasses import dataclass

import reflex as rx

from fintrack.components.elements import icon, page_link
from fintrack.components.text import Text, t
from fintrack.core import routes


@dataclass(frozen=True)
class NavEntry:
    """One place; ``letter`` follows ``g`` on the keyboard."""

    route: str
    label: rx.Var[str]
    icon_name: str
    letter: str
    is_tool: bool = False


ENTRIES = (
    NavEntry(routes.DASHBOARD, t("Dashboard"), "layout-dashboard", "d"),
    NavEntry(routes.TRANSACTIONS, t("Transactions"), "arrow-left-right", "t"),
    NavEntry(routes.REVIEW, t("Review"), "inbox", "v"),
    NavEntry(routes.ACCOUNTS, t("Accounts"), "wallet", "a"),
    NavEntry(routes.RECURRING, t("Recurring"), "repeat", "r"),
    NavEntry(routes.CATEGORIES, t("Categories"), "tags", "c"),
    NavEntry(routes.TAGS, t("Tags"), "hash", "h"),
    NavEntry(routes.CURRENCIES, t("Currencies"), "coins", "y"),
    NavEntry(routes.RULES, t("Rules"), "list-checks", "u", is_tool=True),
    NavEntry(routes.IMPORT, t("Import"), "import", "i", is_tool=True),
    NavEntry(routes.SETTINGS, t("Settings"), "sliders-horizontal", "s", is_tool=True),
)

# The bottom bar has two places on each side of the plus; More holds the rest.
BEFORE_PLUS = (routes.DASHBOARD, routes.TRANSACTIONS)
AFTER_PLUS = (routes.ACCOUNTS,)
MORE = "more-places"

Counts = dict[str, Text]


def mark() -> rx.Component:
    """The sign of FinTrack."""
    return rx.el.svg(
        rx.el.svg.rect(width="28", height="28", rx="7"),
        rx.el.svg.path(d="M9 21V7.5h10.5M9 14h7"),
        view_box="0 0 28 28",
        class_name="sign",
        aria_hidden="true",
    )


def rail(here: str, counts: Counts) -> rx.Component:
    """The places at the left; icons only between 768 and 1023 px."""
    places = [_place(e, here, counts) for e in ENTRIES if not e.is_tool]
    tools = [_place(e, here, counts) for e in ENTRIES if e.is_tool]
    return rx.el.aside(
        page_link(
            mark(),
            rx.el.span("FinTrack"),
            to=routes.DASHBOARD,
            class_name="brand",
            aria_label="FinTrack",
        ),
        rx.el.nav(*places, aria_label=t("Main")),
        rx.el.nav(*tools, class_name="rail-end", aria_label=t("Tools")),
        class_name="rail",
        aria_label=t("Places"),
    )


def bottom_bar(here: str) -> rx.Component:
    """The five places of a phone, with the plus in the middle."""
    more_is_here = here not in (*BEFORE_PLUS, *AFTER_PLUS)
    return rx.el.nav(
        *[_tab(route, here) for route in BEFORE_PLUS],
        page_link(
            rx.el.span(icon("plus")),
            to=routes.new_transaction(),
            class_name="tab-add",
            aria_label=t("New transaction"),
        ),
        *[_tab(route, here) for route in AFTER_PLUS],
        rx.el.button(
            icon("menu"),
            rx.el.span(t("More")),
            type="button",
            custom_attrs={
                "popoverTarget": MORE,
                **({"aria-current": "true"} if more_is_here else {}),
            },
        ),
        class_name="tabbar",
        aria_label=t("Bottom bar"),
    )


def more_sheet(here: str, counts: Counts) -> rx.Component:
    """The places that the bottom bar has no room for."""
    shown = (*BEFORE_PLUS, *AFTER_PLUS)
    return rx.el.div(
        rx.el.nav(
            *[_place(e, here, counts) for e in ENTRIES if e.route not in shown],
            aria_label=t("More"),
        ),
        id=MORE,
        class_name="pop sheet float",
        custom_attrs={"popover": "auto"},
    )


def _place(entry: NavEntry, here: str, counts: Counts) -> rx.Component:
    count = counts.get(entry.route, "")
    return page_link(
        icon(entry.icon_name),
        rx.el.span(entry.label),
        rx.cond(count, rx.el.span(count, class_name="count"), rx.fragment()),
        to=entry.route,
        title=entry.label,
        aria_label=entry.label,
        custom_attrs=_current(entry.route, here),
    )


def _tab(route: str, here: str) -> rx.Component:
    entry = next(entry for entry in ENTRIES if entry.route == route)
    home = route == routes.DASHBOARD
    return page_link(
        icon("house" if home else entry.icon_name),
        rx.el.span(t("Home") if home else entry.label),
        to=route,
        custom_attrs=_current(route, here),
    )


def _current(route: str, here: str) -> dict[str, str]:
    return {"aria-current": "page"} if route == here else {}
