"""The month of what comes again, and the forecast of an account."""

import reflex as rx

from fintrack.components.cards import card, card_foot, card_head
from fintrack.components.charts import net_worth_chart
from fintrack.components.elements import icon_button
from fintrack.components.forms import option, select
from fintrack.components.money import money, not_counted, sentence
from fintrack.components.text import t
from fintrack.state.recurring import RecurringState as Page
from fintrack.state.recurring_month import DateRow, DayCell


def month() -> rx.Component:
    """A grid of weeks; on a phone the days on which something comes."""
    return card(
        card_head(
            Page.month,
            rx.el.span(
                icon_button("chevron-left", t("Earlier"), on_click=Page.earlier),
                icon_button("chevron-right", t("Later"), on_click=Page.later),
                class_name="line steps-of-month",
            ),
        ),
        rx.el.div(
            rx.foreach(Page.weekdays, rx.el.span),
            class_name="weekdays",
            aria_hidden="true",
        ),
        rx.el.ol(rx.foreach(Page.cells, _cell), class_name="month"),
        rx.cond(
            Page.has_dates,
            rx.fragment(),
            rx.el.p(t("Nothing comes in this month."), class_name="muted nothing"),
        ),
        class_name="calendar",
    )


def forecast() -> rx.Component:
    """The balance of one account over the next ninety days."""
    return rx.cond(
        Page.has_chart,
        card(
            card_head(t("The next 90 days")),
            select(
                "forecast",
                rx.foreach(Page.forecasts, option),
                value=Page.account,
                on_change=Page.choose_account,
                custom_attrs={"aria-label": t("Account")},
            ),
            net_worth_chart(Page.chart),
            not_counted(Page.missing),
            card_foot(sentence(Page.lowest)),
            class_name="forecast",
        ),
        rx.fragment(),
    )


def _cell(cell: DayCell) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(cell.number, aria_hidden="true", class_name="number"),
            rx.el.span(cell.label, class_name="whole-day"),
            class_name="day-of",
        ),
        rx.cond(
            cell.dates,
            rx.el.ul(rx.foreach(cell.dates, _date)),
            rx.fragment(),
        ),
        class_name=rx.cond(
            cell.is_outside,
            "outside",
            rx.cond(cell.dates, "full", "free"),
        ),
        custom_attrs={"aria-current": rx.cond(cell.is_today, "date", "false")},
    )


def _date(one: DateRow) -> rx.Component:
    """It opens, to be skipped or booked, or to say what became of it."""
    return rx.el.li(
        rx.el.button(
            rx.el.span(one.name, class_name="truncate"),
            money(one.amount),
            rx.cond(one.said, rx.el.span(one.said, class_name="said"), rx.fragment()),
            type="button",
            on_click=Page.choose_date(one.item_id, one.rule_on, one.due_on),
            class_name="date-of " + one.outcome,
            title=one.name,
            custom_attrs={"aria-haspopup": "dialog"},
        )
    )
