"""The review inbox: what has no category yet, by payee, one key each."""

import reflex as rx

from fintrack.components import states
from fintrack.components.cards import card
from fintrack.components.elements import icon, link_button, page_link
from fintrack.components.forms import opens_first, option_group, select
from fintrack.components.layout import page_head
from fintrack.components.money import money
from fintrack.components.offers import rule_offer
from fintrack.components.ordering import NumberKeys
from fintrack.components.second_click import ONCE
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.framed import framed
from fintrack.state.review import ReviewState
from fintrack.state.review_rows import CategoryKey, GroupRow
from fintrack.state.rows import Amount


@rx.page(route=routes.REVIEW, title=page_title(t("Review")), on_load=ReviewState.load)
def review() -> rx.Component:
    """The page."""
    state = ReviewState
    return framed(
        page_head(
            t("Review"),
            rx.cond(
                state.groups,
                rx.el.span(state.left, class_name="second num", role="status"),
                rx.fragment(),
            ),
            sub=t("What has no category yet. One choice settles a payee."),
        ),
        rx.cond(state.offer, rule_offer(state.offer, state.offer_href), rx.fragment()),
        rx.cond(
            state.is_loading,
            card(states.loading_rows(6, t("Loading the review"))),
            rx.cond(
                state.has_failed,
                states.could_not_load(
                    t("The review could not be loaded"),
                    state.load,
                    reference=state.failure,
                ),
                rx.cond(state.groups, _groups(), _zero()),
            ),
        ),
        here=routes.REVIEW,
        state=state,
    )


def _zero() -> rx.Component:
    """Nothing is left: calm, and no further errand."""
    return states.empty(
        t("All caught up"),
        t("Every transaction has a category. New ones without will wait here."),
        link_button(t("Transactions"), routes.TRANSACTIONS),
        icon_name="circle-check",
        tone="income",
    )


def _groups() -> rx.Component:
    return rx.fragment(
        NumberKeys.create(),
        rx.el.p(
            t("Press a number to choose, Enter for the first, arrows to move."),
            class_name="muted small no-phone above",
        ),
        card(
            rx.el.ul(
                rx.foreach(ReviewState.groups, _group),
                class_name="rows review",
                custom_attrs={"data-rows": "", "aria-label": t("Payees to review")},
            )
        ),
        rx.cond(
            ReviewState.more,
            rx.el.p(ReviewState.more, class_name="paging small"),
            rx.fragment(),
        ),
    )


def _group(row: GroupRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                page_link(row.name, to=row.href, class_name="name truncate"),
                rx.el.span(row.detail, class_name="muted small"),
                rx.cond(
                    row.why,
                    rx.el.span(row.why, class_name="muted small"),
                    rx.fragment(),
                ),
                class_name="what",
            ),
            rx.el.span(rx.foreach(row.sums, _sum), class_name="much"),
            class_name="row",
        ),
        rx.el.div(
            rx.foreach(row.choices, lambda one: _choice(row, one)),
            select(
                row.id,
                [
                    rx.el.option(t("Another …"), value=""),
                    rx.foreach(ReviewState.categories, option_group),
                ],
                value="",
                on_change=lambda value: ReviewState.choose(row.place, row.kind, value),
                aria_label=t("Another category"),
                custom_attrs=opens_first(),
            ),
            class_name="choices",
            role="group",
            aria_label=row.name,
        ),
        tab_index=0,
        custom_attrs={"data-row": "", "data-choices": ""},
        key=row.id,
    )


def _choice(row: GroupRow, one: CategoryKey) -> rx.Component:
    return rx.el.button(
        rx.el.kbd(one.number, class_name="no-phone"),
        rx.el.span(one.name, class_name="truncate"),
        rx.cond(one.is_learned, icon("history", "xs"), rx.fragment()),
        type="button",
        class_name=rx.cond(one.is_learned, "chip on", "chip"),
        on_click=ReviewState.choose(row.place, row.kind, one.id),
        custom_attrs={"data-key": one.number, **ONCE},
    )


def _sum(amount: Amount) -> rx.Component:
    return money(amount)
