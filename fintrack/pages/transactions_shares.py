"""Inside the form of a transaction: its split."""

import reflex as rx

from fintrack.components.elements import icon_button
from fintrack.components.forms import option_group, select
from fintrack.components.money import small_money
from fintrack.components.text import t
from fintrack.state.transaction_draft import Share
from fintrack.state.transaction_form import TransactionForm

FORM = TransactionForm


def shares() -> rx.Component:
    """The categories of a split with what is left to assign."""
    return rx.cond(
        rx.Var.create(FORM.draft.shares).to(list).length() > 0,
        rx.el.div(
            rx.foreach(FORM.draft.shares, _share),
            _shares_foot(),
            rx.cond(
                FORM.errors["shares"],
                rx.el.p(FORM.errors["shares"], class_name="help bad", role="alert"),
                rx.fragment(),
            ),
            class_name="shares",
            role="group",
            aria_label=t("Split"),
        ),
        rx.fragment(),
    )


def _shares_foot() -> rx.Component:
    return rx.el.div(
        rx.cond(
            FORM.left,
            rx.el.span(
                small_money(FORM.left),
                " ",
                t("left to assign"),
                class_name="warn",
            ),
            rx.cond(
                FORM.is_assigned,
                rx.el.span(t("All is assigned"), class_name="muted"),
                rx.fragment(),
            ),
        ),
        rx.el.button(
            t("One more category"),
            type="button",
            class_name="link small",
            on_click=FORM.add_share,
        ),
        class_name="shares-foot small",
        aria_live="polite",
    )


def _share(share: Share) -> rx.Component:
    name = "share_" + share.key
    error = FORM.errors[name]
    return rx.el.div(
        select(
            "",
            [
                rx.el.option(t("Choose"), value=""),
                rx.foreach(FORM.categories, option_group),
            ],
            error=error,
            value=share.category,
            on_change=lambda value: FORM.choose_share(share.key, value),
            custom_attrs={"aria-label": t("Category")},
        ),
        rx.el.span(
            rx.el.input(
                name=name,
                default_value=share.amount,
                key=share.revision,
                on_change=lambda text: FORM.type_share(share.key, text).debounce(150),
                input_mode="decimal",
                auto_complete="off",
                class_name="num",
                aria_label=t("Amount"),
            ),
            class_name=rx.cond(error, "input bad", "input"),
        ),
        _memo(share),
        icon_button(
            "between-horizontal-start",
            t("Put the rest here"),
            on_click=FORM.put_rest(share.key),
        ),
        icon_button("x", t("Take this part out"), on_click=FORM.drop_share(share.key)),
        rx.cond(error, rx.el.p(error, class_name="help bad"), rx.fragment()),
        class_name="share",
        key=share.key,
    )


def _memo(share: Share) -> rx.Component:
    return rx.el.span(
        rx.el.input(
            name="memo_" + share.key,
            default_value=share.memo,
            placeholder=t("Note"),
            aria_label=t("Note"),
        ),
        class_name="input memo",
    )
