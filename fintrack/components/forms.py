"""Fields: a label above, hint or error below, the typed text stays."""

from collections.abc import Sequence

import reflex as rx

from fintrack.components.elements import Attributes, icon
from fintrack.components.text import Text
from fintrack.state.choices import Choice
from fintrack.state.ledger_choices import ChoiceGroup


def field(
    label: Text, name: str, control: rx.Component, *, hint: Text = "", error: Text = ""
) -> rx.Component:
    """A control with its label; the error takes the place of the hint.

    ``control`` is made by ``text_input`` and its sisters with the same ``name``.

    Example:
        ``field(t("Payee"), "payee", text_input("payee"), error=State.errors["payee"])``
    """
    return rx.el.div(
        rx.el.label(label, html_for=name),
        control,
        rx.el.p(
            rx.cond(
                error,
                rx.fragment(icon("triangle-alert", "xs"), rx.el.span(error)),
                rx.cond(
                    hint,
                    rx.fragment(icon("info", "xs"), rx.el.span(hint)),
                    rx.fragment(),
                ),
            ),
            id=f"{name}-help",
            class_name=rx.cond(error, "help bad", "help"),
        ),
        class_name="field",
    )


def text_input(
    name: str,
    *,
    error: Text = "",
    before: Text = "",
    icon_name: str = "",
    **attributes: Attributes,
) -> rx.Component:
    """A text field; uncontrolled, so the form reads it by ``name``.

    ``error`` marks it; ``before`` is text inside its edge (a currency symbol).

    Example:
        ``text_input("payee", error=State.errors["payee"], default_value=State.payee)``
    """
    inside = [rx.el.span(before, class_name="muted")] if _given(before) else []
    leading = [icon(icon_name, "s")] if icon_name else []
    return _framed(
        *leading,
        *inside,
        rx.el.input(id=name, name=name, **_described(name, error), **attributes),
        error=error,
    )


def amount_input(
    name: str, *, error: Text = "", before: Text = "", **attributes: Attributes
) -> rx.Component:
    """An amount as text, with the decimal keyboard; the state parses it.

    Example:
        ``amount_input("amount", before=State.symbol, error=State.errors["amount"])``
    """
    attributes.setdefault("auto_complete", "off")
    return text_input(
        name,
        error=error,
        before=before,
        input_mode="decimal",
        class_name="num right",
        **attributes,
    )


def date_input(
    name: str, *, error: Text = "", **attributes: Attributes
) -> rx.Component:
    """A day, picked with what the browser offers; the form gives ``YYYY-MM-DD``.

    Example:
        ``date_input("on", default_value=State.today)``
    """
    return text_input(name, error=error, type="date", class_name="num", **attributes)


def search_input(name: str, label: Text, **attributes: Attributes) -> rx.Component:
    """A search field; ``/`` puts the cursor here.

    Example:
        ``search_input("q", t("Payee, note, amount"), on_change=State.q.debounce(300))``
    """
    return rx.el.label(
        icon("search", "s"),
        rx.el.span(label, class_name="sr"),
        rx.el.input(id=name, name=name, type="search", placeholder=label, **attributes),
        rx.el.kbd("/", class_name="no-phone"),
        class_name="input search",
    )


def select(
    name: str, options: Attributes, *, error: Text = "", **attributes: Attributes
) -> rx.Component:
    """One of a list, with the browser's own list (a wheel on a phone).

    ``options`` is a list of ``rx.el.option`` or one ``rx.foreach`` of them.

    Example:
        ``select("account", rx.foreach(State.accounts, account_option))``
    """
    inside = options if isinstance(options, Sequence) else [options]
    return _framed(
        rx.el.select(
            *inside, id=name, name=name, **_described(name, error), **attributes
        ),
        icon("chevrons-up-down", "s"),
        error=error,
        class_name="choice",
    )


def opens_first() -> dict[str, str]:
    """For a list that acts at once: arrows and letters open it; see ``assets/keys.js``.

    Each has a dictionary of its own, to which Reflex adds.

    Example:
        ``select("category", …, on_change=State.choose, custom_attrs=opens_first())``
    """
    return {"data-opens-first": ""}


def option(choice: Choice) -> rx.Component:
    """One option of a select.

    Example:
        ``select("role", rx.foreach(State.roles, option))``
    """
    return rx.el.option(choice.label, value=choice.value)


def option_group(group: ChoiceGroup) -> rx.Component:
    """Some options under their heading.

    Example:
        ``select("category", rx.foreach(State.categories, option_group))``
    """
    return rx.el.optgroup(rx.foreach(group.choices, option), label=group.label)


def text_area(name: str, *, error: Text = "", **attributes: Attributes) -> rx.Component:
    """Several lines of text.

    Example:
        ``text_area("note", rows=3)``
    """
    return rx.el.textarea(
        id=name,
        name=name,
        class_name=rx.cond(error, "input bad", "input"),
        **_described(name, error),
        **attributes,
    )


def checkbox(name: str, label: Text, **attributes: Attributes) -> rx.Component:
    """A box with its words; the whole line is the target.

    Example:
        ``checkbox("is_hidden", t("Leave it out of the net worth"))``
    """
    return rx.el.label(
        rx.el.input(id=name, name=name, type="checkbox", **attributes),
        rx.el.span(label),
        class_name="tick",
    )


def segmented(
    name: str,
    choices: Sequence[tuple[str, Text]],
    *,
    label: Text,
    **attributes: Attributes,
) -> rx.Component:
    """One of two to five, all in sight; radio buttons below the looks.

    ``choices`` are value and words; ``default_value`` or ``value`` with ``on_change``.

    Example:
        ``segmented("kind", [("out", t("Expense")), …], label=t("Kind"), …)``
    """
    chosen = attributes.pop("value", None)
    first = attributes.pop("default_value", None)

    def one(value: str, words: Text) -> rx.Component:
        state = (
            {"checked": rx.Var.create(chosen) == value}
            if chosen is not None
            else {"default_checked": rx.Var.create(first) == value}
        )
        return rx.el.label(
            rx.el.input(type="radio", name=name, value=value, **state, **attributes),
            rx.el.span(words),
        )

    return rx.el.div(
        *[one(value, words) for value, words in choices],
        class_name="seg radios",
        role="radiogroup",
        aria_label=label,
    )


def two(*fields: rx.Component) -> rx.Component:
    """Two fields side by side, below each other on a phone."""
    return rx.el.div(*fields, class_name="two")


def form_actions(*buttons: rx.Component) -> rx.Component:
    """The buttons of a form, the solid one last."""
    return rx.el.div(*buttons, class_name="form-acts")


def _framed(*inside: rx.Component, error: Text, class_name: str = "") -> rx.Component:
    return rx.el.span(
        *inside,
        class_name=rx.cond(error, f"input bad {class_name}", f"input {class_name}"),
    )


def _described(name: str, error: Text) -> dict[str, Attributes]:
    return {
        "aria_describedby": f"{name}-help",
        "aria_invalid": rx.cond(error, "true", "false"),
    }


def _given(text: Text) -> bool:
    return isinstance(text, rx.Var) or bool(text)
