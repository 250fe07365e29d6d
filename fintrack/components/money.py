"""Amounts: one component, so that privacy blurs every one of them."""

import reflex as rx

from fintrack.components.elements import icon
from fintrack.components.text import Text
from fintrack.state.rows import Amount


def money(amount: Amount) -> rx.Component:
    """An amount: tabular, minor units smaller, coloured by its tone.

    Example:
        ``money(row.amount)``
    """
    return rx.el.span(
        amount.sign,
        amount.before,
        amount.major,
        rx.el.span(amount.minor, class_name="minor"),
        amount.after,
        rx.el.span(amount.code, class_name="code"),
        class_name=rx.cond(amount.tone, "money " + amount.tone, "money"),
    )


class Sentence(rx.Component):
    """See ``assets/sentence.jsx``."""

    library = "$/public/sentence.jsx"
    tag = "Sentence"

    text: rx.Var[str]


def sentence(text: Text) -> rx.Component:
    """A sentence of the state whose amounts went through ``isolated``.

    Example:
        ``card_foot(sentence(DashboardState.lowest))``
    """
    return Sentence.create(text=text)


def small_money(text: Text) -> rx.Component:
    """An amount as one text: below another one, or inside a sentence.

    Example:
        ``small_money(row.base_amount)``
    """
    return rx.el.span(text, class_name="amt")


def two_amounts(own: Amount, base: Text) -> rx.Component:
    """The own currency first, the base currency below in grey (empty: left out).

    Example:
        ``two_amounts(row.amount, row.base_amount)``
    """
    return rx.el.span(
        money(own),
        rx.cond(base, rx.el.span(base, class_name="amt small muted"), rx.fragment()),
        class_name="much",
    )


def answer(label: Text, amount: Amount) -> rx.Component:
    """The one number of a page, with what it answers.

    Example:
        ``answer(t("Net worth"), State.net_worth)``
    """
    return rx.el.div(
        rx.el.h2(label, class_name="label plain"),
        rx.el.p(money(amount), class_name="answer"),
    )


def second(label: Text, amount: Amount) -> rx.Component:
    """A number beside the answer; several stand in ``stats(...)``.

    Example:
        ``stats(second(t("In"), State.came_in), second(t("Left"), State.left))``
    """
    return rx.el.div(
        rx.el.span(label, class_name="label"),
        rx.el.span(money(amount), class_name="second"),
    )


def stats(*numbers: rx.Component) -> rx.Component:
    """Second numbers in a line that wraps."""
    return rx.el.div(*numbers, class_name="stats")


def change(amount: Amount, text: Text) -> rx.Component:
    """What moved since a day: an arrow after the amount's sign, amount, words.

    Example:
        ``change(State.moved, State.moved_since)``
    """
    arrow = rx.match(
        amount.sign,
        ("+", icon("arrow-up-right", "xs")),
        ("\u2212", icon("arrow-down-right", "xs")),
        rx.fragment(),
    )
    return rx.el.span(
        arrow,
        money(amount),
        " ",
        rx.el.span(text, class_name="muted plain"),
        class_name=rx.cond(amount.sign == "+", "delta income", "delta"),
    )


def quiet_note(text: Text) -> rx.Component:
    """Below a figure: what it rests on, in words of the state; nothing for no words.

    Example:
        ``quiet_note(State.oldest)``
    """
    return rx.cond(
        text,
        rx.el.span(sentence(text), class_name="muted small quiet-note"),
        rx.fragment(),
    )


def not_counted(text: Text) -> rx.Component:
    """Below a total: what it lacks, in words of the state; nothing for no words.

    Example:
        ``not_counted(State.missing)``
    """
    return rx.cond(
        text,
        rx.el.p(icon("triangle-alert", "s"), rx.el.span(text), class_name="missing"),
        rx.fragment(),
    )
