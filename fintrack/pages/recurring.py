"""What comes again: what waits for a yes, the list, suggestions, month, forecast."""

import reflex as rx

from fintrack.components import lists, states
from fintrack.components.cards import callout, card, columns, span
from fintrack.components.dialogs import confirm, dialog
from fintrack.components.elements import button, glyph, icon, icon_button, link_button
from fintrack.components.layout import page_head
from fintrack.components.lists import what
from fintrack.components.money import money, sentence
from fintrack.components.second_click import ONCE
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.framed import framed
from fintrack.pages.recurring_dialog import item_dialog
from fintrack.pages.recurring_month import forecast, month
from fintrack.state.recurring import RecurringState as Page
from fintrack.state.recurring_rows import DateChoice, ItemRow, SuggestionRow, WaitRow


@rx.page(route=routes.RECURRING, title=page_title(t("Recurring")), on_load=Page.load)
def recurring() -> rx.Component:
    """The page."""
    return framed(
        page_head(
            t("Recurring"),
            rx.cond(
                (Page.phase == "ready") & ~Page.is_empty,
                button(t("Add"), "solid", icon_name="plus", on_click=Page.start_new),
                rx.fragment(),
            ),
        ),
        rx.fragment(
            rx.match(
                Page.phase,
                ("ready", rx.cond(Page.is_empty, _nothing_yet(), _everything())),
                (
                    "failed",
                    states.could_not_load(
                        t("What comes again could not be loaded"),
                        Page.load,
                        reference=Page.failure,
                    ),
                ),
                card(states.loading_rows(6, t("Loading what comes again"))),
            ),
        ),
        item_dialog(),
        _date_dialog(),
        _lock_question(),
        here=routes.RECURRING,
        state=Page,
    )


def _date_dialog() -> rx.Component:
    """What to do with a date that comes or waits, or what became of it."""
    one = Page.chosen
    return dialog(
        rx.cond(
            one.is_dealt_with, t("What became of it"), t("Skip or book this date")
        ).to(str),
        rx.el.div(
            glyph(one.glyph),
            what(one.name, one.detail),
            money(one.amount),
            class_name="row",
        ),
        rx.el.div(
            rx.cond(
                one.is_dealt_with,
                link_button(t("History"), routes.HISTORY),
                _acts(one),
            ),
            class_name="acts",
        ),
        text=one.note,
        is_open=Page.is_date_open,
        on_open_change=Page.set_date_open,
    )


def _acts(one: DateChoice) -> rx.Component:
    return rx.fragment(
        button(t("Skip"), on_click=Page.skip(one.item_id, one.rule_on)),
        rx.cond(
            one.is_today,
            rx.fragment(),
            button(
                t("Book on its day"),
                "soft",
                on_click=Page.book(one.item_id, one.rule_on),
            ),
        ),
        button(
            t("Book today"),
            "solid",
            on_click=Page.book_today(one.item_id, one.rule_on),
        ),
    )


def _lock_question() -> rx.Component:
    """Asks before a date is booked into a reconciled period."""
    return confirm(
        t("This is reconciled"),
        Page.breaks,
        button(t("Leave it"), on_click=Page.set_warning(False)),
        button(t("Book it anyway"), "danger", on_click=Page.book_anyway),
        is_open=Page.breaks != "",
        on_open_change=Page.set_warning,
    )


def _nothing_yet() -> rx.Component:
    return rx.el.div(
        states.nothing_yet(
            t("Nothing comes again yet"),
            t(
                "Rent, salary, subscriptions: add them once, and see here what comes "
                "and how long the money lasts."
            ),
            button(
                t("Add the first one"),
                "solid",
                icon_name="plus",
                on_click=Page.start_new,
            ),
            icon_name="repeat",
        ),
        _suggestions(),
        class_name="stack",
    )


def _everything() -> rx.Component:
    return rx.el.div(
        rx.foreach(
            Page.warnings,
            lambda words: callout(
                sentence(words), tone="warn", icon_name="triangle-alert"
            ),
        ),
        columns(
            span(8, _waiting(), _items(), _suggestions()),
            span(4, forecast()),
        ),
        month(),
        class_name="stack",
    )


def _waiting() -> rx.Component:
    return lists.titled_if_any(t("Waits for your yes"), Page.waiting, _wait_row)


def _wait_row(row: WaitRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            glyph(row.glyph),
            rx.el.span(
                rx.el.b(row.name, class_name="truncate"),
                rx.el.span(row.detail, class_name="muted small truncate"),
                rx.cond(
                    row.lock,
                    rx.el.span(
                        icon("lock", "xs"),
                        rx.el.span(row.lock),
                        class_name="small lock-note",
                    ),
                    rx.fragment(),
                ),
                class_name="what",
            ),
            money(row.amount),
            class_name="row",
        ),
        rx.el.span(
            button(
                t("Skip"),
                "ghost",
                on_click=Page.skip(row.item_id, row.rule_on),
                custom_attrs=ONCE,
            ),
            button(
                t("Book"),
                "soft",
                on_click=Page.book(row.item_id, row.rule_on),
                custom_attrs=ONCE,
            ),
            class_name="line",
        ),
        class_name="row-with-tool waits",
        tab_index=-1,
        custom_attrs={"data-row": ""},
    )


def _items() -> rx.Component:
    return rx.fragment(
        lists.titled_if_any(t("What comes again"), Page.items, _item_row),
        lists.titled_if_any(t("Ended"), Page.ended, _item_row),
    )


def _item_row(row: ItemRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            glyph(row.glyph),
            rx.el.span(
                rx.el.b(row.name, class_name="truncate"),
                rx.el.span(row.rule, class_name="muted small"),
                rx.el.span(
                    row.note,
                    class_name=rx.cond(row.is_blocked, "blocked small", "muted small"),
                ),
                class_name="what",
            ),
            rx.el.span(
                money(row.amount),
                rx.cond(
                    row.arrives,
                    rx.el.span(sentence(row.arrives), class_name="muted small num"),
                    rx.fragment(),
                ),
                rx.el.span(row.next, class_name="muted small"),
                class_name="much",
            ),
            class_name="row",
        ),
        _item_tools(row),
        class_name="row-with-tool again",
        tab_index=-1,
        custom_attrs={"data-row": ""},
    )


def _item_tools(row: ItemRow) -> rx.Component:
    return rx.el.span(
        rx.cond(
            row.due_on,
            icon_button(
                "calendar-check",
                t("Skip or book the next date"),
                on_click=Page.choose_date(row.id, row.rule_on, row.due_on),
            ),
            rx.fragment(),
        ),
        icon_button("pencil", t("Edit"), on_click=Page.start_edit(row.id)),
        class_name="line",
    )


def _suggestions() -> rx.Component:
    return lists.titled_if_any(t("Found in your books"), Page.suggestions, _suggestion)


def _suggestion(row: SuggestionRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(
                rx.el.b(row.name, class_name="truncate"),
                rx.el.span(row.rule, class_name="muted small"),
                rx.el.span(row.detail, class_name="muted small"),
                class_name="what",
            ),
            money(row.amount),
            class_name="row",
        ),
        rx.el.span(
            button(t("Dismiss"), "ghost", on_click=Page.dismiss(row.mark)),
            button(t("Add"), "soft", on_click=Page.accept(row.mark)),
            class_name="line",
        ),
        class_name="suggestion",
        tab_index=-1,
        custom_attrs={"data-row": ""},
    )
