"""The transactions of a view as a file to take along."""

import reflex as rx

from fintrack.components.dialogs import quiet_dialog
from fintrack.components.elements import button
from fintrack.components.step_up import fresh_link
from fintrack.components.text import Text, t
from fintrack.state.transactions import TransactionsState


def export_button() -> rx.Component:
    """Offers two forms; the filters of the list apply."""
    files = TransactionsState.files
    return quiet_dialog(
        t("Export these transactions"),
        rx.el.p(t("All that the filters show, on every page."), class_name="muted"),
        rx.el.ul(
            _file(
                files.json,
                t("JSON"),
                t("With splits, notes and tags; FinTrack can import it again."),
            ),
            _file(files.csv, t("CSV"), t("For spreadsheets: a line for each account.")),
            class_name="files",
        ),
        trigger=button(
            rx.el.span(t("Export"), class_name="no-phone"),
            icon_name="download",
            custom_attrs={"aria-label": t("Export")},
        ),
    )


def _file(href: Text, name: Text, text: Text) -> rx.Component:
    return rx.el.li(
        fresh_link(name, href),
        rx.el.span(text, class_name="muted small"),
    )
