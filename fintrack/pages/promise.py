"""The calm half beside sign-in and setup: what FinTrack is, in one picture."""

import reflex as rx

from fintrack.components.elements import icon
from fintrack.components.text import Text, t

# Decoration with invented numbers, hidden from screen readers; nobody has signed in, so
# they are written as the language of the page does.
ANSWER = t("€74,589")
PLACES = (
    (t("Everyday"), t("€4,318")),
    ("Vadesiz hesap", t("₺86,412")),
    (t("Brokerage"), t("$42,906")),
)
CURVE = (
    "M0 80 L51 74 L103 68 L154 58 L205 53 L256 43 L308 37 L359 37 L410 38 L461 43 "
    "L513 40 L564 37 L615 37 L667 29 L718 29 L769 33 L821 40 L872 38 L923 31 L974 26 "
    "L1000 22"
)


def promise() -> rx.Component:
    """The sentence, the picture and three vows."""
    return rx.fragment(
        rx.el.h2(t("All your money on one quiet page.")),
        _glance(),
        rx.el.ul(
            _vow("server", t("It runs on your own machine.")),
            _vow("undo-2", t("Every change can be taken back.")),
            _vow("lock", t("Nobody reads along: no tracking, no adverts.")),
            class_name="vows",
        ),
    )


def _vow(icon_name: str, words: Text) -> rx.Component:
    return rx.el.li(icon(icon_name), rx.el.span(words))


def _glance() -> rx.Component:
    places = [
        rx.el.li(rx.el.span(name), _money(amount), class_name="place")
        for name, amount in PLACES
    ]
    return rx.el.div(
        rx.el.p(t("Net worth"), class_name="label"),
        rx.el.p(_money(ANSWER), class_name="answer"),
        rx.el.svg(
            rx.el.svg.path(d=f"{CURVE} L1000 100 L0 100Z", class_name="area"),
            rx.el.svg.path(d=CURVE, class_name="curve"),
            view_box="0 0 1000 100",
            preserve_aspect_ratio="none",
        ),
        rx.el.ul(*places),
        class_name="card glance",
        aria_hidden="true",
    )


def _money(amount: Text) -> rx.Component:
    return rx.el.span(amount, class_name="money")
