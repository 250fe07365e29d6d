"""The import of a statement: file, check, done, and the imports of before."""

import reflex as rx

from fintrack.components import forms, lists, states
from fintrack.components.cards import callout, card
from fintrack.components.dialogs import confirm
from fintrack.components.elements import button, icon_button, link_button
from fintrack.components.forms import option
from fintrack.components.layout import page_head
from fintrack.components.money import money
from fintrack.components.statement_drop import statement_drop
from fintrack.components.text import page_title, t
from fintrack.components.toolbars import steps
from fintrack.core import routes
from fintrack.pages.framed import framed
from fintrack.pages.import_books import whole_books
from fintrack.pages.import_check import another_file, check_step
from fintrack.pages.import_help import which_files
from fintrack.state.import_queue import WaitingRow
from fintrack.state.import_rows import PastImport
from fintrack.state.importing import ImportState


@rx.page(route=routes.IMPORT, title=page_title(t("Import")), on_load=ImportState.load)
def importing() -> rx.Component:
    """The page."""
    state = ImportState
    return framed(
        page_head(
            t("Import"),
            rx.fragment(
                rx.match(
                    state.step,
                    ("check", _steps(1)),
                    ("running", _steps(1)),
                    ("done", _steps(2)),
                    _steps(0),
                )
            ),
            sub=rx.cond(state.step == "file", "", state.account_name).to(str),
        ),
        rx.cond(
            state.is_loading,
            card(states.loading_rows(4, t("Loading"))),
            rx.cond(
                state.has_failed,
                states.could_not_load(
                    t("The imports could not be loaded"),
                    state.load,
                    reference=state.failure,
                ),
                _loaded(),
            ),
        ),
        _question(),
        _discard_question(),
        here=routes.IMPORT,
        state=state,
    )


def _steps(current: int) -> rx.Component:
    return steps([t("File"), t("Check"), t("Done")], current)


def _loaded() -> rx.Component:
    state = ImportState
    return rx.cond(
        state.accounts,
        rx.el.div(
            _files(),
            rx.match(
                state.step,
                ("check", rx.el.div(check_step())),
                ("running", _running()),
                ("done", rx.el.div(_result(), _past(), class_name="stack")),
                rx.el.div(
                    _waiting(),
                    _past(),
                    whole_books(),
                    which_files(),
                    class_name="stack",
                ),
            ),
            class_name="stack",
        ),
        rx.el.div(_no_account(), whole_books(), class_name="stack"),
    )


def _no_account() -> rx.Component:
    return states.nothing_yet(
        t("First an account"),
        t("A file from your bank belongs to an account. Open it, and go on here."),
        link_button(t("Add an account"), routes.new_account(imports=True), "solid"),
        icon_name="wallet",
    )


def _files() -> rx.Component:
    """The drop, which stays in place: files may be dropped in every step."""
    state = ImportState
    is_first = state.step == "file"
    return rx.el.div(
        rx.cond(
            is_first,
            rx.el.div(
                forms.field(
                    t("Into the account"),
                    "import_account",
                    forms.select(
                        "import_account",
                        rx.foreach(state.accounts, option),
                        value=state.account_id,
                        on_change=state.choose_account,
                    ),
                ),
                class_name="into",
            ),
            rx.fragment(),
        ),
        statement_drop(
            state.account_id,
            state.drop_hint,
            state.take_file,
            dropped=state.dropped,
            dropped_into=state.dropped_into,
            is_quiet=state.step != "file",
        ),
        class_name=rx.cond(is_first, "card", ""),
    )


def _running() -> rx.Component:
    state = ImportState
    return states.progress(
        t("Importing"),
        state.progress_text,
        state.percent,
        hint=t("If you stop, nothing is written."),
        on_cancel=state.stop,
    )


def _result() -> rx.Component:
    state = ImportState
    return card(
        rx.el.div(
            rx.icon("circle-check", class_name="icon l income", aria_hidden="true"),
            rx.el.h2(state.result.title),
            class_name="line",
        ),
        rx.cond(state.result.text, _left_out(), rx.fragment()),
        rx.el.div(
            rx.el.h2(state.result.balance_label, class_name="label plain"),
            rx.el.p(money(state.result.balance), class_name="answer"),
            class_name="above-below",
        ),
        rx.el.div(
            link_button(t("See the account"), state.result.account_page, "solid"),
            link_button(t("See the transactions"), state.result.transactions),
            button(
                t("Take back"),
                icon_name="undo-2",
                on_click=state.take_back(state.result.id),
            ),
            rx.cond(
                state.has_more_parts,
                button(t("Another account of this file"), on_click=state.next_part),
                rx.fragment(),
            ),
            another_file(),
            class_name="line",
        ),
    )


def _waiting() -> rx.Component:
    """The files that were read and wait for a yes."""
    return rx.cond(
        ImportState.waiting,
        lists.titled(t("These wait for your check"), ImportState.waiting, _waiting_row),
        rx.fragment(),
    )


def _waiting_row(row: WaitingRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(lists.what(row.filename, row.detail), class_name="row"),
        button(
            t("Check"),
            "soft",
            on_click=ImportState.take_file(row.id),
            custom_attrs={"aria-label": row.check_label},
        ),
        icon_button(
            "trash-2", row.discard_label, on_click=ImportState.ask_discard(row.id)
        ),
        class_name="row-with-tool",
    )


def _past() -> rx.Component:
    state = ImportState
    return rx.cond(
        state.past,
        lists.titled(t("Earlier imports"), state.past, _past_row),
        callout(
            t("Nothing was imported yet. Every import can be taken back later."),
            icon_name="undo-2",
        ),
    )


def _past_row(row: PastImport) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            lists.what(row.filename, row.detail),
            class_name="row",
        ),
        rx.cond(
            row.is_standing,
            button(t("Take back"), "soft", on_click=ImportState.take_back(row.id)),
            rx.fragment(),
        ),
        class_name="row-with-tool",
    )


def _question() -> rx.Component:
    state = ImportState
    return confirm(
        t("Take this import back?"),
        state.asked.text,
        button(t("Keep the import"), on_click=state.keep_import),
        button(t("Keep the edited ones"), "outline", on_click=state.take_unedited),
        button(t("Take all back"), "danger", on_click=state.take_all),
        is_open=state.asked.id != "",
        on_open_change=state.set_asking,
    )


def _discard_question() -> rx.Component:
    state = ImportState
    return confirm(
        t("Discard this file?"),
        rx.el.span(
            rx.el.b(state.to_discard.filename),
            rx.el.br(),
            t("Your books stay as they are. You can choose it again later."),
        ),
        button(t("Keep it"), on_click=state.set_discarding(False)),
        button(t("Discard"), "danger", on_click=state.discard_waiting),
        is_open=state.to_discard.id != "",
        on_open_change=state.set_discarding,
    )


def _left_out() -> rx.Component:
    """What was not taken, with the rows themselves as a file."""
    return rx.el.p(
        ImportState.result.text,
        " ",
        rx.cond(
            ImportState.result.left_out_file,
            rx.el.a(
                t("Download them"),
                href=ImportState.result.left_out_file,
                download=True,
                # Not a page: the router must leave the click to the browser.
                custom_attrs={"reloadDocument": True},
                class_name="link",
            ),
            rx.fragment(),
        ),
        class_name="muted",
    )
