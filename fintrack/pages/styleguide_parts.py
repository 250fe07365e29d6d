"""The pieces of the style guide."""

import reflex as rx
from reflex.experimental.client_state import ClientStateVar

from fintrack.components import cards, charts, states, tables, toolbars
from fintrack.components import forms as fields
from fintrack.components import lists as list_parts
from fintrack.components import money as amounts
from fintrack.components.credential_form import CredentialField, credential_form
from fintrack.components.dialogs import confirm, quiet_dialog
from fintrack.components.elements import badge, button, chip, key_hint
from fintrack.components.text import t
from fintrack.core import routes
from fintrack.pages import styleguide_data as data

NOTHING = rx.console_log("styleguide")


def numbers() -> rx.Component:
    """The answer with its curve, cash flow, spending."""
    return cards.columns(
        cards.span(
            8,
            cards.card(
                amounts.answer(t("Net worth"), data.WORTH),
                amounts.change(data.MOVED, "since 1 November"),
                charts.net_worth_chart(data.LINE),
                amounts.quiet_note(data.OLDEST),
                amounts.not_counted(data.NOT_COUNTED),
            ),
            cards.card(
                cards.card_head(t("Spending by category")),
                charts.spending_bars(data.SPENDING),
            ),
        ),
        cards.span(
            4,
            cards.card(
                cards.card_head(t("Cash flow"), more="November", to="/transactions"),
                amounts.stats(
                    amounts.second(t("In"), data.CAME_IN),
                    amounts.second(t("Out"), data.WENT_OUT),
                ),
                charts.cash_flow_chart(data.FLOW),
            ),
            cards.card(
                cards.card_head(t("Accounts"), more=t("All"), to=routes.ACCOUNTS),
                list_parts.rows(data.ACCOUNTS, _account, t("Accounts")),
                cards.card_foot("Everyday will not fall below €2,944.28 until then."),
            ),
        ),
    )


def empty_states() -> rx.Component:
    """Nothing yet, nothing matches, could not load, loading, progress."""
    return rx.fragment(
        states.nothing_yet(
            t("No accounts yet"),
            t("An account is a place where money is: a bank account, a card, cash."),
            button(t("Add an account"), "solid"),
            button(t("See it with sample data"), "ghost"),
            icon_name="wallet",
        ),
        states.nothing_matches(
            "Nothing matches “karanfil” in November", "Two filters are on.", NOTHING
        ),
        states.could_not_load(
            t("The transactions could not be loaded"), NOTHING, reference="7f3a"
        ),
        cards.card(states.loading_answer(), states.loading_rows(4, t("Loading"))),
        states.progress(
            t("Importing"),
            "1,240 of 3,118 rows",
            40,
            hint="About 4 seconds. If you stop, nothing is written.",
            on_cancel=NOTHING,
        ),
    )


def lists() -> rx.Component:
    """Rows by day, and a table with its footer."""
    return rx.fragment(
        cards.card(
            list_parts.day_head(
                "Today", "Wednesday 18 November", amounts.money(data.DAY)
            ),
            rx.el.div(
                list_parts.rows(data.ROWS, _transaction, t("Transactions")),
                class_name="inset",
            ),
            tables.paging(
                "1 to 50",
                has_newer=False,
                has_older=True,
                on_newer=NOTHING,
                on_older=NOTHING,
            ),
            class_name="flush",
        ),
        cards.card(
            tables.table(
                [t("Name"), t("Kind"), t("Balance")],
                data.ACCOUNTS,
                lambda row: tables.table_row(
                    row.name, row.detail, amounts.two_amounts(row.amount, row.base)
                ),
                caption=t("Accounts"),
            ),
            class_name="flush",
        ),
    )


def forms() -> rx.Component:
    """Fields, with and without errors."""
    return rx.el.form(
        cards.callout(
            rx.el.b(t("Not saved yet.")),
            " Two fields need a look.",
            tone="danger",
            icon_name="triangle-alert",
        ),
        fields.segmented(
            "kind",
            [("out", t("Expense")), ("in", t("Income")), ("move", t("Transfer"))],
            label=t("Kind"),
            default_value="out",
        ),
        _amount_and_day(),
        fields.field(
            t("Payee"),
            "payee",
            fields.text_input("payee", default_value="Karanfil Eczanesi"),
        ),
        fields.field(
            t("Account"),
            "account",
            fields.select(
                "account", [rx.el.option("Everyday"), rx.el.option("Vadesiz hesap")]
            ),
        ),
        fields.field(t("Note"), "note", fields.text_area("note", rows="2")),
        fields.checkbox("is_hidden", t("Leave it out of the net worth")),
        fields.search_input("q", t("Payee, note, amount")),
        fields.form_actions(button(t("Cancel"), "ghost"), button(t("Save"), "solid")),
        class_name="card form",
    )


def _amount_and_day() -> rx.Component:
    return fields.two(
        fields.field(
            t("Amount"),
            "amount",
            fields.amount_input("amount", before="€", error="x", default_value="12,5O"),
            error="The last character is a letter O, not a zero.",
        ),
        fields.field(
            t("Date"),
            "on",
            fields.date_input("on", default_value="2026-11-18"),
            hint="A day in the past or in the future.",
        ),
    )


def secrets() -> rx.Component:
    """The form for secrets; it posts to an address that does not exist."""
    return cards.card(
        cards.card_head(t("Sign in")),
        credential_form(
            "/api/v1/auth/nowhere",
            [
                CredentialField("email", t("E-mail"), "email", "username"),
                CredentialField(
                    "password", t("Password"), autocomplete="current-password"
                ),
                CredentialField(
                    "code", t("Code"), "code", "one-time-code", t("Six digits.")
                ),
            ],
            t("Sign in"),
            following=routes.STYLEGUIDE,
        ),
    )


def notes() -> rx.Component:
    """Notes inside a page, badges, chips."""
    return rx.el.div(
        cards.callout(
            rx.el.b("2 amounts are not in this total."),
            " There is no rate.",
            tone="warn",
            icon_name="coins",
        ),
        cards.callout(rx.el.b(t("Read-only.")), " It is closed.", icon_name="lock"),
        cards.callout(rx.el.b("New."), " Try the keys.", tone="accent"),
        rx.el.div(
            badge("In review"),
            badge("Your move", "accent"),
            badge("Paid", "income", icon_name="check"),
            badge("To confirm", "warn", icon_name="clock"),
            badge("Overdue", "danger", icon_name="triangle-alert"),
            class_name="line",
        ),
        toolbars.filters(chip("Tag: family", is_on=True), chip("Type")),
        toolbars.steps(["File", "Check", "Done"], current=1),
        class_name="form",
    )


def small_parts() -> rx.Component:
    """Buttons, amounts, bars."""
    return cards.card(
        rx.el.div(
            button(t("Save"), "solid"),
            button(t("Export")),
            button(t("Undo"), "soft"),
            button(t("Cancel"), "ghost"),
            button(rx.fragment(states.spinner(), t("Saving")), "solid"),
            button(t("Not now"), disabled=True),
            button(t("Remove"), "danger"),
            class_name="line",
        ),
        rx.el.br(),
        cards.facts(
            *[(name, amounts.money(amount)) for name, amount in data.KINDS],
        ),
        rx.el.br(),
        cards.bar("74.9%", "60%"),
        cards.card_foot(rx.el.p(key_hint("g"), " ", key_hint("t"))),
    )


def dialogs() -> rx.Component:
    """A dialog and a question; sheets on a phone."""
    asking = ClientStateVar.create("styleguide_asking", default=False)
    return cards.card(
        quiet_dialog(
            t("New account"),
            rx.el.form(
                fields.field(t("Name"), "name", fields.text_input("name")),
                fields.form_actions(
                    button(t("Cancel"), "ghost"), button(t("Save"), "solid")
                ),
                class_name="form",
            ),
            trigger=button("Open a dialog", id="open-dialog"),
        ),
        button("Ask first", on_click=asking.set_value(True), id="open-confirm"),
        confirm(
            "Forgive what Mert still owes?",
            "The debt is closed. This cannot be undone.",
            button("Keep the debt", on_click=asking.set_value(False)),
            button("Forgive €1,800.00", "danger", on_click=asking.set_value(False)),
            is_open=asking.value,
            on_open_change=asking.set_value,
        ),
    )


def _account(row: data.Row) -> rx.Component:
    return list_parts.row(
        row.name,
        row.detail,
        amounts.two_amounts(row.amount, row.base),
        to=routes.ACCOUNTS,
    )


def _transaction(row: data.Row) -> rx.Component:
    return list_parts.row(
        row.name,
        row.detail,
        amounts.two_amounts(row.amount, row.base),
        glyph_name=row.glyph,
    )
