"""The first choice after the setup: three doors."""

import reflex as rx

from fintrack.components.cards import callout, card
from fintrack.components.converting import currency_field
from fintrack.components.elements import Attributes, badge, button, icon
from fintrack.components.forms import (
    amount_input,
    date_input,
    field,
    form_actions,
    select,
    text_input,
)
from fintrack.components.layout import focus_frame
from fintrack.components.states import loading_rows
from fintrack.components.text import Text, page_title, t
from fintrack.core import routes
from fintrack.state.choices import Choice
from fintrack.state.welcome import WelcomeState as Welcome

FORM = "fresh-start"


@rx.page(route=routes.WELCOME, title=page_title(t("Welcome")), on_load=Welcome.load)
def welcome() -> rx.Component:
    """The page."""
    return focus_frame(
        rx.el.div(
            rx.el.h1(t("How would you like to begin?")),
            rx.el.p(t("You can take another door later. Nothing here is final.")),
            class_name="hello",
        ),
        rx.cond(
            Welcome.errors["form"],
            callout(Welcome.errors["form"], tone="danger", icon_name="triangle-alert"),
            rx.fragment(),
        ),
        rx.el.div(_sample(), _import(), _fresh(), class_name="doors"),
        rx.cond(Welcome.is_ready, _form(), card(loading_rows(2, t("Loading")))),
    )


def _sample() -> rx.Component:
    return _door(
        ("sprout", t("Look around with sample data"), t("10 seconds")),
        t("A household of 18 months, in three currencies."),
        (
            t("Splits, transfers and several currencies"),
            t("“Remove sample data” removes exactly that"),
        ),
        button(t("Show me"), class_name="l", on_click=Welcome.start_sample),
    )


def _import() -> rx.Component:
    return _door(
        ("import", t("Bring my data"), t("3 minutes")),
        t("A file from your bank or another finance app."),
        (
            t("Most banks are recognised by themselves"),
            t("You see every row before it counts"),
        ),
        button(t("Choose a file"), class_name="l", on_click=Welcome.start_import),
    )


def _fresh() -> rx.Component:
    return _door(
        ("pencil", t("Start fresh"), t("Under a minute")),
        t("One account and today’s balance are enough."),
        (t("Common categories are ready"), t("Add the rest as you go")),
        button(
            t("Fill in below"),
            icon_name="arrow-down",
            class_name="l",
            on_click=rx.set_focus("name"),
        ),
        is_chosen=True,
    )


def _door(
    head: tuple[str, Text, Text],
    words: Text,
    points: tuple[Text, Text],
    action: rx.Component,
    *,
    is_chosen: bool = False,
) -> rx.Component:
    icon_name, title, time = head
    return rx.el.section(
        rx.el.span(
            icon(icon_name, "l"), class_name="glyph accent" if is_chosen else "glyph"
        ),
        rx.el.span(badge(time, "accent" if is_chosen else ""), class_name="time"),
        rx.el.div(rx.el.h2(title), rx.el.p(words)),
        rx.el.ul(*[rx.el.li(icon("check", "s"), rx.el.span(p)) for p in points]),
        action,
        class_name="card doorcard on" if is_chosen else "card doorcard",
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            rx.el.h2(t("Your first account")),
            rx.el.p(t("Where does most of your spending happen?"), class_name="muted"),
        ),
        rx.el.div(
            _name(),
            _choice("type", t("Type"), Welcome.types, default_value="Checking"),
            currency_field(
                t("Your currency"),
                "currency",
                Welcome,
                value=Welcome.currency,
                shown=Welcome.currency_label,
                error=Welcome.errors["currency"],
            ),
            _balance(),
            field(
                t("On"),
                "opened_on",
                date_input(
                    "opened_on",
                    error=Welcome.errors["opened_on"],
                    default_value=Welcome.today,
                ),
                error=Welcome.errors["opened_on"],
            ),
            class_name="fresh-fields",
        ),
        form_actions(
            button(t("Open my books"), "solid", class_name="l", type="submit")
        ),
        class_name="card fresh",
        id=FORM,
        on_submit=Welcome.start_fresh,
        custom_attrs={"aria-label": t("Start fresh")},
    )


def _balance() -> rx.Component:
    return field(
        t("Balance"),
        "balance",
        amount_input(
            "balance", error=Welcome.errors["balance"], placeholder=Welcome.zero
        ),
        hint=t("What is on it, or what you owe on a card or loan."),
        error=Welcome.errors["balance"],
    )


def _name() -> rx.Component:
    return field(
        t("Name"),
        "name",
        text_input(
            "name", error=Welcome.errors["name"], default_value=Welcome.account_name
        ),
        error=Welcome.errors["name"],
    )


def _choice(
    name: str, label: Text, options: list[Choice], **attributes: Attributes
) -> rx.Component:
    error = Welcome.errors[name]
    return field(
        label,
        name,
        select(name, rx.foreach(options, _option), error=error, **attributes),
        error=error,
    )


def _option(one: Choice) -> rx.Component:
    return rx.el.option(one.label, value=one.value)
