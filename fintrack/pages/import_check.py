"""The check of a statement: its rows, raw beside understood, and the balance."""

import reflex as rx

from fintrack.components import states
from fintrack.components.cards import callout, card
from fintrack.components.elements import button, icon
from fintrack.components.money import money, sentence
from fintrack.components.tables import paging
from fintrack.components.text import Text, t
from fintrack.pages.import_correction import correction
from fintrack.pages.import_file import file_card
from fintrack.state.import_rows import CheckRow, Tab
from fintrack.state.importing import ImportState


def check_step() -> rx.Component:
    """The file, its rows, and the one button that adds them."""
    state = ImportState
    return rx.fragment(
        file_card(),
        rx.cond(
            state.is_remembered,
            callout(
                t("This file is read as you confirmed for an earlier one."),
                icon_name="history",
            ),
            rx.fragment(),
        ),
        rx.foreach(state.notes, _note),
        _tabs(),
        rx.cond(state.rows, _rows(), _no_rows()),
        _confirm(),
        correction(),
    )


def another_file() -> rx.Component:
    """The next file that waits, or back to the choice of one."""
    state = ImportState
    return rx.el.span(
        rx.cond(
            state.queue_label, rx.el.span(state.queue_label, class_name="muted small")
        ),
        button(
            rx.cond(state.queue_label, t("Next file"), t("Another file")),
            "ghost",
            on_click=state.start_over,
        ),
        class_name="line",
    )


def _rows() -> rx.Component:
    state = ImportState
    return card(
        rx.el.div(
            rx.el.span(t("Row")),
            rx.el.span(t("In the file")),
            rx.el.span(t("Understood as")),
            rx.el.span(t("Import it?")),
            class_name="rowhead",
            aria_hidden="true",
        ),
        rx.el.ul(
            rx.foreach(state.rows, _row),
            custom_attrs={"data-rows": "", "aria-label": t("Rows of the file")},
        ),
        rx.cond(
            state.has_newer | state.has_older,
            paging(
                state.page_label,
                has_newer=state.has_newer,
                has_older=state.has_older,
                on_newer=state.show_newer,
                on_older=state.show_older,
            ),
            rx.fragment(),
        ),
        class_name="flush list",
    )


def _no_rows() -> rx.Component:
    return states.empty(
        t("No rows can be shown"),
        t("Please say which columns hold the date and the amount."),
        button(t("Change how it is read"), on_click=ImportState.set_correcting(True)),
        icon_name="columns-3",
    )


def _note(text: str) -> rx.Component:
    return rx.el.div(
        callout(text, tone="warn", icon_name="triangle-alert"), class_name="below"
    )


def _tabs() -> rx.Component:
    return rx.el.div(
        rx.foreach(ImportState.check.tabs, _tab),
        class_name="tabs",
        role="group",
        aria_label=t("Which rows"),
    )


def _tab(tab: Tab) -> rx.Component:
    is_on = ImportState.tab == tab.value
    return rx.el.button(
        tab.label,
        class_name=rx.cond(is_on, "chip on", "chip"),
        type="button",
        custom_attrs={"aria-pressed": rx.cond(is_on, "true", "false")},
        on_click=ImportState.choose_tab(tab.value),
    )


def _row(row: CheckRow) -> rx.Component:
    understood = rx.el.div(
        rx.el.span(row.day, class_name="date"),
        rx.el.span(
            rx.el.b(row.name, class_name="truncate"),
            rx.el.span(row.detail, class_name="muted small truncate"),
            rx.cond(
                row.given,
                rx.el.span(row.given, class_name="accent small truncate"),
                rx.fragment(),
            ),
            class_name="words",
        ),
        money(row.amount),
        class_name="got",
    )
    nothing = rx.el.div(
        rx.el.span("–", class_name="date"),
        rx.el.span(
            rx.cond(row.tone == "bad", t("Not understood"), t("Not a transaction")),
            class_name="words muted",
        ),
        class_name="got",
    )
    return rx.el.li(
        rx.el.span(row.number, class_name="n"),
        rx.el.code(row.raw, class_name="raw"),
        rx.cond(row.is_understood, understood, nothing),
        rx.el.div(
            rx.cond(row.can_choose, _pick(row), rx.fragment()), class_name="pick"
        ),
        rx.cond(
            row.why,
            rx.el.p(
                icon("info", "xs"), rx.el.span(row.why), class_name="why " + row.tone
            ),
            rx.fragment(),
        ),
        class_name=rx.cond(row.is_taken, "r", "r off"),
    )


def _pick(row: CheckRow) -> rx.Component:
    return rx.el.div(
        _choice(t("Import"), row, takes=True),
        _choice(t("Skip"), row, takes=False),
        class_name="seg s",
        role="group",
        aria_label=row.name,
    )


def _choice(label: Text, row: CheckRow, *, takes: bool) -> rx.Component:
    chosen = row.is_taken if takes else ~_flag(row.is_taken)
    return rx.el.button(
        label,
        type="button",
        custom_attrs={"aria-pressed": rx.cond(chosen, "true", "false")},
        on_click=ImportState.decide(row.id, takes),
    )


def _confirm() -> rx.Component:
    state = ImportState
    return rx.el.div(
        rx.el.div(
            rx.match(
                state.check.balance_tone,
                ("income", rx.icon("circle-check", class_name="icon income")),
                ("warn", rx.icon("triangle-alert", class_name="icon warn")),
                rx.icon("info", class_name="icon"),
            ),
            rx.el.span(
                rx.el.b(state.check.balance_title),
                " ",
                sentence(state.check.balance_text),
            ),
            class_name="what",
        ),
        another_file(),
        button(
            state.check.add_label,
            "solid",
            class_name="l",
            disabled=~_flag(state.check.can_add),
            on_click=state.confirm,
        ),
        class_name="confirm float",
        role="region",
        aria_label=t("Confirm"),
    )


def _flag(value: bool | rx.Var[bool]) -> rx.vars.BooleanVar:
    return rx.Var.create(value).to(bool)
