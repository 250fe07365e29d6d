"""On the page of an account: its reconciliations, the newest first."""

import reflex as rx

from fintrack.components import lists, money
from fintrack.components.elements import badge, button
from fintrack.components.text import t
from fintrack.state.account import AccountState
from fintrack.state.reconcile_rows import PastRow


def past() -> rx.Component:
    """Nothing at all for an account that was never reconciled."""
    return lists.titled_if_any(t("Reconciliations"), AccountState.reconciliations, _row)


def _row(row: PastRow) -> rx.Component:
    return rx.el.div(
        lists.what(row.name, row.detail),
        rx.cond(row.is_open, badge(t("Opened again"), "warn"), rx.fragment()),
        rx.cond(
            row.can_reopen,
            button(
                t("Open again"),
                "soft",
                class_name="s",
                on_click=AccountState.reopen_reconciliation(row.id),
            ),
            rx.fragment(),
        ),
        money.money(row.balance),
        class_name="row",
    )
