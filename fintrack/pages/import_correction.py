"""How a statement is read, corrected by the person who knows it."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.dialogs import dialog
from fintrack.components.elements import Attributes, button, icon
from fintrack.components.forms import option
from fintrack.components.text import Text, t
from fintrack.pages.account_dialogs import form_error
from fintrack.state.import_reading import Column
from fintrack.state.importing import ImportState


def correction() -> rx.Component:
    """The dialog that says how the file is read."""
    state = ImportState
    errors = state.errors
    return dialog(
        t("How the file is read"),
        rx.el.form(
            form_error(errors["form"]),
            form_error(errors["roles"]),
            *_reading_fields(),
            rx.cond(
                state.reading.has_columns,
                rx.el.fieldset(
                    rx.el.legend(t("Columns"), class_name="medium"),
                    rx.foreach(state.reading.columns, _column),
                    class_name="columns-form",
                ),
            ),
            forms.form_actions(
                button(t("Cancel"), "ghost", on_click=state.set_correcting(False)),
                button(t("Read it again"), "solid", type="submit"),
            ),
            class_name="form",
            on_submit=state.correct,
            no_validate=True,
        ),
        is_open=state.is_correcting,
        on_open_change=state.set_correcting,
    )


def _reading_fields() -> list[rx.Component]:
    state = ImportState
    errors = state.errors
    header = forms.field(
        t("Header in row"),
        "header_row",
        forms.text_input(
            "header_row",
            error=errors["header_row"],
            default_value=state.reading.header_row,
            input_mode="numeric",
        ),
        hint=t("0 when the file has none."),
        error=errors["header_row"],
    )
    return [
        rx.cond(
            state.reading.has_separator,
            forms.two(
                _select(t("Encoding"), "encoding", state.choices.encodings),
                _select(t("Columns split by"), "separator", state.choices.separators),
            ),
        ),
        rx.cond(
            state.reading.is_free,
            forms.two(
                _select(t("Date"), "dates", state.choices.dates),
                _select(t("Decimals"), "decimals", state.choices.decimals),
            ),
        ),
        forms.two(
            _select(t("Sign"), "sign", state.choices.signs),
            rx.cond(state.reading.has_columns, header),
        ),
    ]


def _select(label: Text, name: str, choices: Attributes) -> rx.Component:
    state = ImportState
    error = state.errors[name]
    values = {
        "encoding": state.reading.encoding_value,
        "separator": state.reading.separator_value,
        "dates": state.reading.dates_value,
        "decimals": state.reading.decimals_value,
        "sign": state.reading.sign_value,
    }
    return forms.field(
        label,
        name,
        forms.select(
            name,
            rx.foreach(choices, option),
            default_value=values[name],
            error=error,
        ),
        error=error,
    )


def _column(column: Column) -> rx.Component:
    return rx.el.label(
        rx.el.span(
            rx.el.b(column.name, class_name="medium truncate"),
            rx.el.span(column.sample, class_name="muted small mono truncate"),
        ),
        rx.el.span(
            rx.el.select(
                rx.foreach(ImportState.choices.roles, option),
                name=column.field,
                default_value=column.role,
            ),
            icon("chevrons-up-down", "s"),
            class_name="input choice",
        ),
        class_name="column-line",
    )
