"""The keyboard: what each key does, and the card that shows it."""

import reflex as rx

from fintrack.components.dialogs import quiet_dialog
from fintrack.components.elements import icon
from fintrack.components.navigation import ENTRIES
from fintrack.components.text import Text, t
from fintrack.core import routes
from fintrack.state.transaction_form import TransactionForm

HELP = "keys-help"


class Keys(rx.Component):
    """Listens to the keyboard while nobody types; see ``assets/keys.js``.

    ``on_new`` and ``on_search`` replace what ``n`` (open the entry line) and ``/``
    (focus the search field of the page) do by themselves. Ctrl/Cmd+Z and Esc do
    something only where ``on_undo`` and ``on_close`` are given. What is typed after
    ``n``, or a press on what leads to ``new_path`` or has ``data-opens-entry``, waits
    for a line whose key is another than ``form_key`` (``assets/type_ahead.js``).

    Example:
        ``Keys.create(on_undo=HistoryState.undo_last)``
    """

    library = "$/public/keys.js"
    tag = "Keys"

    go: rx.Var[dict[str, str]]
    new_path: rx.Var[str]
    form_key: rx.Var[str]
    help_id: rx.Var[str]
    on_new: rx.EventHandler[rx.event.no_args_event_spec]
    on_search: rx.EventHandler[rx.event.no_args_event_spec]
    on_undo: rx.EventHandler[rx.event.no_args_event_spec]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


def keys(**handlers: rx.event.EventType[()]) -> rx.Component:
    """The listener; the frame includes it once on every page."""
    return Keys.create(
        go={entry.letter: entry.route for entry in ENTRIES},
        new_path=routes.new_transaction(),
        form_key=TransactionForm.form_key,
        help_id=HELP,
        **handlers,
    )


def keys_help(menu_id: str, *, undoes: bool) -> rx.Component:
    """The line of the account menu that shows all keys; ``?`` presses it too.

    ``undoes`` says whether a change is taken back by a key here.
    """
    trigger = rx.el.button(
        icon("keyboard"),
        rx.el.span(t("Keyboard")),
        id=HELP,
        type="button",
        class_name="menu-item no-phone",
        custom_attrs={"popoverTarget": menu_id, "popoverTargetAction": "hide"},
    )
    return quiet_dialog(t("Keyboard"), _table(undoes=undoes), trigger=trigger)


def _table(*, undoes: bool) -> rx.Component:
    undo = [(("Ctrl", "Z"), t("Undo the last change"))] if undoes else []
    lines: list[tuple[tuple[str, ...], Text]] = [
        (("n",), t("New transaction")),
        (("/",), t("Search")),
        (("Ctrl", "K"), t("Search or jump to")),
        *((("g", entry.letter), entry.label) for entry in ENTRIES),
        *undo,
        (("↑", "↓"), t("Move inside a list")),
        (("Ctrl", "Enter"), t("Save and close the entry")),
        (("+", "−"), t("Move the day of the entry")),
        (("1–9",), t("Choose a category in the review")),
        (("c",), t("Mark as cleared, or not")),
        (("x",), t("Select a transaction")),
        (("Shift", "↑", "↓"), t("Select several")),
        (("Ctrl", "A"), t("Select all that match")),
        ((".",), t("What to do with the selected")),
        (("Esc",), t("Close")),
        (("?",), t("Show these keys")),
    ]
    return rx.el.dl(
        *[
            cell
            for pressed, words in lines
            for cell in (
                rx.el.dt(words),
                rx.el.dd(*[rx.el.kbd(key) for key in pressed]),
            )
        ],
        class_name="facts keys",
    )
