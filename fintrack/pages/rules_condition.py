"""Inside the editor of a rule: one condition."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.elements import icon_button
from fintrack.components.forms import option
from fintrack.components.text import Text, t
from fintrack.state.rule_rows import ConditionDraft
from fintrack.state.rules import RulesState

FIELDS: tuple[tuple[str, Text], ...] = (
    ("payee", t("Payee")),
    ("text", t("Any text")),
    ("amount", t("Amount")),
    ("flow", t("Direction")),
    ("account", t("Account")),
    ("day", t("Day of the month")),
)
COMPARISONS: tuple[tuple[str, Text], ...] = (
    ("contains", t("contains")),
    ("starts", t("starts with")),
    ("equals", t("is exactly")),
    ("pattern", t("looks like (* and ?)")),
)


def condition(one: ConditionDraft) -> rx.Component:
    """What it looks at, how it compares, and with what."""
    return rx.el.div(
        forms.select(
            f"field_{one.key}",
            [rx.el.option(words, value=value) for value, words in FIELDS],
            value=one.field,
            on_change=lambda value: RulesState.choose_field(one.key, value),
            aria_label=t("What to look at"),
        ),
        rx.match(
            one.field,
            ("amount", _between(one)),
            ("day", _between(one)),
            ("flow", _flow(one)),
            ("account", _account(one)),
            _text(one),
        ),
        icon_button("x", t("Take away"), on_click=RulesState.drop_condition(one.key)),
        rx.cond(
            one.error,
            rx.el.p(one.error, class_name="help bad", role="alert"),
            rx.fragment(),
        ),
        class_name="rule-condition",
        key=one.key,
    )


def _text(one: ConditionDraft) -> rx.Component:
    return rx.el.span(
        forms.select(
            f"test_{one.key}",
            [rx.el.option(words, value=value) for value, words in COMPARISONS],
            default_value=one.test,
            aria_label=t("How to compare"),
        ),
        forms.text_input(
            f"words_{one.key}",
            error=one.error,
            default_value=one.words,
            auto_complete="off",
            aria_label=t("Text to look for"),
            max_length=200,
        ),
        class_name="pair",
    )


def _between(one: ConditionDraft) -> rx.Component:
    return rx.el.span(
        forms.amount_input(
            f"least_{one.key}",
            error=one.error,
            default_value=one.least,
            placeholder=t("From"),
            aria_label=t("From"),
        ),
        forms.amount_input(
            f"most_{one.key}",
            error=one.error,
            default_value=one.most,
            placeholder=t("To"),
            aria_label=t("To"),
        ),
        class_name="pair",
    )


def _flow(one: ConditionDraft) -> rx.Component:
    return forms.select(
        f"words_{one.key}",
        [
            rx.el.option(t("Money goes out"), value="out"),
            rx.el.option(t("Money comes in"), value="in"),
        ],
        default_value=rx.cond(one.words == "in", "in", "out"),
        aria_label=t("Direction"),
    )


def _account(one: ConditionDraft) -> rx.Component:
    return forms.select(
        f"account_{one.key}",
        [
            rx.el.option(t("Choose"), value=""),
            rx.foreach(RulesState.accounts, option),
        ],
        error=one.error,
        default_value=one.account,
        aria_label=t("Account"),
    )
