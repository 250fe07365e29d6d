"""Where a statement is dropped or chosen; it goes to the server over HTTP."""

import reflex as rx

from fintrack.components.text import Text, t


def _one_text(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


class StatementDrop(rx.Component):
    """See ``assets/statement_drop.jsx``."""

    library = "$/public/statement_drop.jsx"
    tag = "StatementDrop"

    account_id: rx.Var[str]
    labels: rx.Var[dict[str, str]]
    on_uploaded: rx.EventHandler[_one_text]


def statement_drop(
    account_id: Text, hint: Text, on_uploaded: rx.event.EventType[str]
) -> rx.Component:
    """Drag and drop and a file picker, with progress and Stop.

    ``hint`` says what is taken. ``on_uploaded`` is called with the id of the preview;
    what is wrong with the file is said below the button.

    Example:
        ``statement_drop(state.account_id, state.drop_hint, state.take_file)``
    """
    return StatementDrop.create(
        account_id=account_id,
        labels={
            "drop": t("Drop the file from your bank here"),
            "choose": t("Choose a file"),
            "hint": hint,
            "stop": t("Stop"),
            "reading": t("Reading …"),
            "one": t("Please give one file at a time."),
            "unreachable": t("The server did not answer. Nothing was changed."),
            "failed": t("The file could not be taken. Nothing was changed."),
        },
        on_uploaded=on_uploaded,
    )
