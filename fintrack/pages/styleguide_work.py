"""The pieces of the style guide for many rows, files and two tabs."""

from typing import Final, cast

import reflex as rx

from fintrack.components import (
    cards,
    lists,
    marks,
    money,
    picking,
    rate_charts,
    toolbars,
)
from fintrack.components.currencies import small_curve, star
from fintrack.components.elements import button, icon_button, link_button, page_link
from fintrack.components.offers import rule_offer
from fintrack.components.picture import avatar
from fintrack.components.statement_drop import statement_drop
from fintrack.components.switches import switch
from fintrack.components.text import t
from fintrack.components.versions import two_versions
from fintrack.core import routes
from fintrack.pages import styleguide_data as data
from fintrack.state.marks import Mark
from fintrack.state.rows import Difference, Person

NOTHING: Final = rx.console_log("styleguide")
ON: Final = rx.Var(_js_expr="true", _var_type=bool)
DEFNE: Final = rx.Var.create(Person("Defne", "defne@example.org", "D")).to(Person)
DIFFERENCES: Final = cast(
    "list[Difference]",
    rx.Var.create(
        [
            Difference("Amount", "€12.00", "€13.00"),
            Difference("Payee", "Kornblume", "Kornblume Bakery"),
        ]
    ).to(list[Difference]),
)
MARKS: Final = rx.Var.create(
    [
        Mark("open", "Not cleared"),
        Mark("cleared", "Cleared"),
        Mark("locked", "Reconciled up to 31 October"),
    ]
).to(list[Mark])


def work() -> rx.Component:
    """Selection, marks, switches, two versions, offers, files."""
    return rx.fragment(
        _many_rows(),
        cards.card(
            cards.card_head("Two tabs"),
            two_versions(DIFFERENCES, take_theirs=NOTHING, keep_mine=NOTHING),
        ),
        _small_parts(),
        _rates(),
        rule_offer("Always put Kornblume in Groceries?", routes.RULES),
        statement_drop("1", "CSV, XLSX, OFX, QIF, CAMT.053, MT940, JSON", NOTHING),
        lists.newest_rows(
            MARKS,
            lambda mark: rx.el.li(_marked(mark)),
            "Newest rows",
            has_older=True,
            on_older=NOTHING,
        ),
    )


def _many_rows() -> rx.Component:
    return cards.card(
        cards.card_head("Many rows"),
        lists.rows(MARKS, _marked, "Marked rows"),
        toolbars.bulk_bar(
            "2 selected, −€24.20",
            button(t("Category"), "soft"),
            button(t("Void"), "soft"),
            icon_button("x", t("Close"), on_click=NOTHING),
        ),
    )


def _small_parts() -> rx.Component:
    return cards.card(
        cards.card_head("On at once"),
        rx.el.div(
            rx.el.span("Weekly summary", id="styleguide-switch"),
            switch(ON, labelled_by="styleguide-switch", on_change=NOTHING),
            class_name="line",
        ),
        rx.el.div(
            avatar(DEFNE),
            avatar(DEFNE, "l"),
            money.small_money("≈ €12.40"),
            page_link(t("All"), to=routes.TRANSACTIONS, class_name="link"),
            link_button(t("Import"), routes.IMPORT, icon_name="import"),
            class_name="line",
        ),
    )


def _rates() -> rx.Component:
    return cards.card(
        cards.card_head("Rates"),
        rate_charts.rate_chart(data.RATE),
        rate_charts.compared_chart(data.COMPARED),
        rx.el.div(
            small_curve("M2 22L24 12L48 16L70 2"),
            star("Follow Turkish Lira", is_on=ON, on_click=NOTHING),
            class_name="line",
        ),
    )


def _marked(mark: Mark) -> rx.Component:
    return rx.el.div(
        picking.pick_box(mark.words, is_on=ON),
        marks.mark_button(mark, on_click=NOTHING),
        rx.el.span(mark.words),
        class_name="line",
    )
