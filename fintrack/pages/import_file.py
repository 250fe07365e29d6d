"""The file of a statement that is checked: how it was read, and where it goes."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.cards import card
from fintrack.components.elements import button, icon
from fintrack.components.forms import option
from fintrack.components.text import Text, t
from fintrack.state.import_rows import Count
from fintrack.state.importing import ImportState


def file_card() -> rx.Component:
    """The file, what its rows are, and how they were read."""
    state = ImportState
    return card(
        rx.el.div(
            rx.el.div(
                rx.el.span(icon("file-text"), class_name="glyph"),
                rx.el.span(
                    rx.el.b(state.check.filename, class_name="medium truncate"),
                    rx.el.span(state.check.about, class_name="muted small"),
                    class_name="what",
                ),
                class_name="file",
            ),
            rx.el.div(rx.foreach(state.check.counts, _count), class_name="counts"),
            class_name="top",
        ),
        rx.el.div(
            _how_it_was_read(),
            rx.el.span(
                button(t("Discard"), "ghost", class_name="s", on_click=state.discard),
                button(
                    t("Change"), class_name="s", on_click=state.set_correcting(True)
                ),
                class_name="line",
            ),
            class_name="read",
        ),
        _where(),
    )


def _how_it_was_read() -> rx.Component:
    reading = ImportState.reading
    return rx.el.dl(
        _fact(t("Format"), reading.format),
        rx.cond(
            reading.has_separator,
            rx.fragment(
                _fact(t("Encoding"), reading.encoding),
                _fact(t("Columns split by"), reading.separator),
            ),
        ),
        rx.cond(
            reading.is_free,
            rx.fragment(
                _fact(t("Date"), reading.dates),
                _fact(t("Decimals"), reading.decimals),
            ),
        ),
        _fact(t("Sign"), reading.sign),
        _fact(t("Currency"), reading.currency),
    )


def _where() -> rx.Component:
    """Which account of the file goes into which account of the books."""
    state = ImportState
    part = forms.field(
        t("From the file"),
        "import_part",
        forms.select(
            "import_part",
            rx.foreach(state.parts, option),
            value=state.part,
            on_change=state.choose_part,
            custom_attrs=forms.opens_first(),
        ),
        hint=t("The others can follow one after another."),
    )
    return rx.el.div(
        rx.cond(state.parts, part, rx.fragment()),
        forms.field(
            t("Into the account"),
            "import_into",
            forms.select(
                "import_into",
                rx.foreach(state.accounts, option),
                value=state.account_id,
                on_change=state.choose_account,
                custom_attrs=forms.opens_first(),
            ),
        ),
        class_name="into line",
    )


def _count(count: Count) -> rx.Component:
    return rx.el.div(
        rx.el.span(count.number, class_name="second num " + count.tone),
        rx.el.span(count.label, class_name="label"),
    )


def _fact(name: Text, value: Text) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))
