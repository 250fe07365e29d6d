"""The rules: in the order in which they are tried, each in one sentence."""

import reflex as rx

from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.elements import badge, button, icon, icon_button
from fintrack.components.layout import page_head
from fintrack.components.money import sentence
from fintrack.components.ordering import RowOrder
from fintrack.components.switches import switch
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.framed import framed
from fintrack.pages.rules_editor import editor
from fintrack.state.rule_rows import RuleRow
from fintrack.state.rules import RulesState


@rx.page(route=routes.RULES, title=page_title(t("Rules")), on_load=RulesState.load)
def rules() -> rx.Component:
    """The page."""
    state = RulesState
    return framed(
        page_head(
            t("Rules"),
            rx.cond(
                state.rules,
                button(
                    t("New rule"), "solid", icon_name="plus", on_click=state.start_new
                ),
                rx.fragment(),
            ),
            sub=t("They sort what comes in. The first that fits decides."),
        ),
        rx.cond(
            state.is_loading,
            card(states.loading_rows(6, t("Loading the rules"))),
            rx.cond(
                state.has_failed,
                states.could_not_load(
                    t("The rules could not be loaded"),
                    state.load,
                    reference=state.failure,
                ),
                rx.cond(state.rules, _listed(), _none()),
            ),
        ),
        editor(),
        here=routes.RULES,
        state=state,
    )


def _none() -> rx.Component:
    return states.nothing_yet(
        t("No rules yet"),
        t("A rule gives the same payee the same category, so that you need not."),
        button(t("New rule"), "solid", icon_name="plus", on_click=RulesState.start_new),
        icon_name="list-checks",
    )


def _listed() -> rx.Component:
    return card(
        RowOrder.create(
            rx.el.ol(
                rx.foreach(RulesState.rules, _row),
                class_name="rows rules",
                custom_attrs={"data-rows": "", "aria-label": t("Rules in their order")},
            ),
            on_move=RulesState.move,
        )
    )


def _row(row: RuleRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            icon("grip-vertical"),
            class_name="grip no-phone",
            aria_hidden="true",
        ),
        rx.el.button(
            rx.el.b(row.then, id=f"rule-{row.id}"),
            rx.el.span(sentence(row.when), class_name="muted small"),
            rx.cond(
                row.is_resting,
                badge(t("Rests: something it names is closed or read only"), "warn"),
                rx.fragment(),
            ),
            type="button",
            class_name="what",
            custom_attrs={"data-row": ""},
            on_click=RulesState.start_edit(row.id),
        ),
        _tools(row),
        class_name=rx.cond(row.is_on, "row", "row off"),
        draggable=True,
        custom_attrs={"data-drag": row.id, "data-place": row.place},
        key=row.id,
    )


def _tools(row: RuleRow) -> rx.Component:
    return rx.el.span(
        icon_button(
            "arrow-up",
            t("Move up"),
            disabled=row.is_first,
            on_click=RulesState.move(row.id, row.up),
        ),
        icon_button(
            "arrow-down",
            t("Move down"),
            disabled=row.is_last,
            on_click=RulesState.move(row.id, row.down),
        ),
        switch(
            row.is_on,
            labelled_by=f"rule-{row.id}",
            on_change=lambda is_on: RulesState.turn(row.id, is_on),
        ),
        class_name="rule-tools",
    )
