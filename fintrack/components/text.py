"""Texts of pages, translated in the browser."""

import json

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData

Text = str | rx.Var[str]

TRANSLATION = VarData(
    imports={"$/public/i18n.js": [ImportVar(tag="useT")]},
    hooks={"const t = useT();": None},
)


def t(text: str) -> rx.Var[str]:
    """The English ``text`` in the reader's language.

    It takes no values: a sentence with a number is built in the state.

    Example:
        ``rx.el.h1(t("Accounts"))``
    """
    return rx.Var(
        _js_expr=f"t({json.dumps(text)})", _var_type=str, _var_data=TRANSLATION
    ).to(str)


def page_title(name: rx.Var[str]) -> rx.Var[str]:
    """What the tab of the browser shows, and a screen reader says first.

    Example:
        ``@rx.page(route=routes.TAGS, title=page_title(t("Tags")))``
    """
    return rx.Var.create(f"{name} · FinTrack").to(str)
