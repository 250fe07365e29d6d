"""An account beside a statement: what the bank has seen, and what is left."""

import reflex as rx

from fintrack.components import lists, states
from fintrack.components.cards import callout, card
from fintrack.components.dialogs import dialog
from fintrack.components.elements import button, link_button
from fintrack.components.forms import (
    amount_input,
    date_input,
    field,
    form_actions,
    option_group,
    segmented,
    select,
    two,
)
from fintrack.components.layout import back_link, page_head
from fintrack.components.marks import mark_sign
from fintrack.components.money import money, second, sentence, stats
from fintrack.components.tables import paging
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.framed import framed
from fintrack.state.reconcile_rows import CheckedRow
from fintrack.state.reconciling import ReconcileState

STATE = ReconcileState


@rx.page(
    route=routes.RECONCILE,
    title=page_title(t("Reconcile")),
    on_load=ReconcileState.load,
)
def reconcile() -> rx.Component:
    """The page."""
    return framed(
        rx.fragment(
            rx.match(
                STATE.status,
                ("loading", card(states.loading_rows(6, t("Loading the account")))),
                ("missing", _missing()),
                (
                    "failed",
                    states.could_not_load(
                        t("The account could not be loaded"),
                        STATE.load,
                        reference=STATE.failure,
                    ),
                ),
                _loaded(),
            ),
        ),
        _balancing(),
        here=routes.ACCOUNTS,
        state=STATE,
    )


def _missing() -> rx.Component:
    return states.empty(
        t("There is no such account"),
        t("It does not exist, or it is in the books of somebody else."),
        link_button(t("All accounts"), routes.ACCOUNTS),
        icon_name="search",
    )


def _loaded() -> rx.Component:
    return rx.el.div(
        back_link(STATE.name, STATE.account_page),
        page_head(
            t("Reconcile"),
            sub=t("Mark what stands on the statement. Each mark is saved at once."),
        ),
        rx.el.div(_statement(), _list(), _bar(), class_name="stack"),
        class_name="reconcile",
    )


def _statement() -> rx.Component:
    """What the statement says, and how far the books are from it."""
    return card(
        two(_day(), _said()),
        stats(
            second(t("Cleared"), STATE.card.cleared),
            second(t("Statement"), STATE.card.balance),
        ),
        class_name="statement",
    )


def _day() -> rx.Component:
    error = STATE.errors["statement_on"]
    return field(
        t("Day of the statement"),
        "statement_on",
        date_input(
            "statement_on",
            error=error,
            default_value=STATE.day,
            key="day" + STATE.revision,
            on_blur=STATE.choose_day,
        ),
        error=error,
    )


def _said() -> rx.Component:
    """Enter leaves the field, which keeps what stands in it."""
    error = STATE.errors["balance"]
    return rx.el.form(
        field(
            rx.cond(STATE.owes, t("What it says you owe"), t("Balance it says")),
            "balance",
            amount_input(
                "balance",
                before=STATE.symbol,
                error=error,
                default_value=STATE.typed,
                key="balance" + STATE.revision,
                on_change=STATE.type_balance.debounce(250),
                on_blur=STATE.keep_balance,
            ),
            error=error,
        ),
        on_submit=rx.event.blur_focus("balance"),
    )


def _list() -> rx.Component:
    return card(
        rx.el.div(
            segmented(
                "which",
                [("", t("All")), ("open", t("Not cleared"))],
                label=t("Which transactions"),
                value=rx.cond(STATE.only_open, "open", ""),
                on_change=STATE.choose_rows,
            ),
            rx.el.span(STATE.card.open_text, class_name="muted small"),
            rx.el.span(class_name="spacer"),
            button(
                t("Mark all of this page"), class_name="s", on_click=STATE.mark_page
            ),
            class_name="list-tools",
        ),
        rx.cond(STATE.rows, _rows(), _none()),
        class_name="flush list",
    )


def _rows() -> rx.Component:
    return rx.fragment(
        rx.el.ul(
            rx.foreach(STATE.rows, lambda row: rx.el.li(_row(row), key=row.id)),
            class_name="txs",
            aria_label=t("Transactions to compare"),
            custom_attrs={"data-rows": ""},
        ),
        rx.cond(
            (STATE.newer != "") | (STATE.older != ""),
            paging(
                "",
                has_newer=STATE.newer != "",
                has_older=STATE.older != "",
                on_newer=STATE.show_newer,
                on_older=STATE.show_older,
            ),
            rx.fragment(),
        ),
    )


def _row(row: CheckedRow) -> rx.Component:
    """The whole row is the box: space turns it, the arrows move."""
    return rx.el.button(
        rx.el.span(mark_sign(row.mark), class_name="box"),
        lists.what(row.name, row.detail),
        money(row.amount),
        type="button",
        role="checkbox",
        aria_checked=rx.cond(row.mark.name == "open", "false", "true"),
        class_name="row checked",
        on_click=STATE.toggle(row.id),
        custom_attrs={"data-row": "", "data-mark": row.mark.name},
    )


def _none() -> rx.Component:
    return rx.el.div(
        callout(t("Nothing is left to compare up to this day."), icon_name="check"),
        class_name="pad",
    )


def _bar() -> rx.Component:
    """The difference stays in sight: finish, look on, or balance."""
    return card(
        rx.el.div(
            second(t("Difference"), STATE.card.difference),
            rx.el.span(STATE.card.verdict, class_name="muted small", role="status"),
            class_name=rx.cond(STATE.card.is_even, "gap even", "gap"),
        ),
        rx.cond(
            STATE.card.is_locked,
            link_button(t("Back to the account"), STATE.account_page),
            rx.cond(
                STATE.card.is_even | ~STATE.card.is_said,
                button(
                    t("Finish"),
                    "solid",
                    icon_name="lock",
                    disabled=~STATE.card.is_even,
                    on_click=STATE.finish,
                ),
                button(
                    t("Add a balancing transaction"),
                    on_click=STATE.set_balancing(True),
                ),
            ),
        ),
        class_name="reconcile-bar",
    )


def _balancing() -> rx.Component:
    """Never silently: what will be recorded is said, its category is chosen."""
    error = STATE.errors["category"]
    return dialog(
        t("Add a balancing transaction"),
        rx.el.p(sentence(STATE.balancing_text)),
        rx.cond(
            STATE.errors["form"],
            callout(STATE.errors["form"], tone="danger", icon_name="triangle-alert"),
            rx.fragment(),
        ),
        field(
            t("Category"),
            "category",
            select(
                "category",
                [
                    rx.el.option(t("Choose"), value=""),
                    rx.foreach(STATE.categories, option_group),
                ],
                error=error,
                value=STATE.category,
                on_change=STATE.choose_category,
            ),
            error=error,
        ),
        form_actions(
            button(t("Keep looking"), "ghost", on_click=STATE.set_balancing(False)),
            button(t("Add it"), "solid", on_click=STATE.balance),
        ),
        is_open=STATE.is_balancing,
        on_open_change=STATE.set_balancing,
    )
