"""The smallest parts: links, buttons, icons, badges."""

from typing import Any, Literal

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from fintrack.components.text import Text

# Whatever the HTML element itself takes, state vars included; Reflex checks them.
Attributes = Any

Look = Literal["solid", "outline", "soft", "ghost", "danger", "danger-soft"]
Tone = Literal["", "accent", "income", "warn", "danger"]
IconSize = Literal["", "xs", "s", "l"]

# Names that rows may carry. The list is closed: a free name would pull every icon of
# the library into the bundle.
GLYPHS = {
    "arrow-left-right": "arrow-left-right",
    "arrow-down-left": "arrow-down-left",
    "arrow-up-right": "arrow-up-right",
    "bank": "landmark",
    "basket": "shopping-basket",
    "bolt": "zap",
    "briefcase": "briefcase",
    "car": "car",
    "card": "credit-card",
    "cash": "banknote",
    "coffee": "coffee",
    "coins": "coins",
    "gift": "gift",
    "heart": "heart-pulse",
    "house": "house",
    "loan": "hand-coins",
    "piggy-bank": "piggy-bank",
    "plane": "plane",
    "repeat": "repeat",
    "split": "split",
    "store": "store",
    "tag": "tag",
    "template": "bookmark",
    "trend": "trending-up",
    "wallet": "wallet",
}


def icon(name: str, size: IconSize = "") -> rx.Component:
    """A Lucide icon as decoration; its meaning stands in words beside it.

    Example:
        ``icon("plus", "s")``
    """
    return rx.icon(name, class_name=f"icon {size}".strip(), aria_hidden="true")


def glyph(name: Text, tone: Tone = "") -> rx.Component:
    """The 36 px square of a row; ``name`` may come from a row (see ``GLYPHS``).

    Example:
        ``glyph(row.glyph)``
    """
    cases = [(key, icon(lucide)) for key, lucide in GLYPHS.items()]
    return rx.el.span(
        rx.match(name, *cases, icon("circle")), class_name=f"glyph {tone}".strip()
    )


def button(
    label: Text | rx.Component,
    look: Look = "outline",
    *,
    icon_name: str = "",
    class_name: str = "",
    **attributes: Attributes,
) -> rx.Component:
    """A button; a page has one ``solid`` of its own.

    ``class_name`` takes ``s`` (small), ``l`` (large) and ``block`` (full width).

    Example:
        ``button(t("Export"), icon_name="download", on_click=State.export)``
    """
    parts = [icon(icon_name, "s")] if icon_name else []
    return rx.el.button(
        *parts,
        label,
        class_name=f"btn {look} {class_name}".strip(),
        type=attributes.pop("type", "button"),
        **attributes,
    )


def icon_button(name: str, label: Text, **attributes: Attributes) -> rx.Component:
    """A square button whose words are for screen readers and the tooltip.

    Example:
        ``icon_button("x", t("Close"), on_click=State.close)``
    """
    return rx.el.button(
        icon(name),
        class_name="icon-btn",
        type="button",
        title=label,
        custom_attrs={"aria-label": label},
        **attributes,
    )


def page_link(
    *children: Text | rx.Component, to: Text, **attributes: Attributes
) -> rx.Component:
    """A link to a page of FinTrack, without loading the app again.

    Example:
        ``page_link(t("All"), to=routes.TRANSACTIONS, class_name="link")``
    """
    return ReactRouterLink.create(*children, to=to, **attributes)


def link_button(
    label: Text, to: Text, look: Look = "outline", *, icon_name: str = ""
) -> rx.Component:
    """A link that looks like a button, for the step to another page.

    Example:
        ``link_button(t("Import"), routes.IMPORT, icon_name="import")``
    """
    parts = [icon(icon_name, "s")] if icon_name else []
    return page_link(*parts, label, to=to, class_name=f"btn {look}")


def badge(text: Text, tone: Tone = "", *, icon_name: str = "") -> rx.Component:
    """A word on a tint.

    Example:
        ``badge(t("Overdue"), "danger", icon_name="triangle-alert")``
    """
    parts = [icon(icon_name)] if icon_name else []
    return rx.el.span(*parts, text, class_name=f"badge {tone}".strip())


def chip(label: Text, *, is_on: bool = False, **attributes: Attributes) -> rx.Component:
    """A filter; ``is_on`` shows it set, with a cross that takes it away.

    Example:
        ``chip(State.account_filter, is_on=True, on_click=State.clear_account)``
    """
    return rx.el.button(
        label,
        rx.cond(is_on, icon("x", "xs"), icon("chevron-down", "xs")),
        class_name=rx.cond(is_on, "chip on", "chip"),
        type="button",
        **attributes,
    )


def key_hint(key: str) -> rx.Component:
    """A key on the keyboard, not shown on a phone.

    Example:
        ``button(rx.fragment(t("New transaction"), key_hint("n")), "solid")``
    """
    return rx.el.kbd(key, class_name="no-phone")
