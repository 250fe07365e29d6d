"""Where statements are dropped or chosen; they go to the server over HTTP."""

import reflex as rx

from fintrack.components.events import one_text
from fintrack.components.text import Text, t
from fintrack.core import routes


class StatementDrop(rx.Component):
    """See ``assets/statement_drop.jsx``."""

    library = "$/public/statement_drop.jsx"
    tag = "StatementDrop"

    account_id: rx.Var[str]
    dropped: rx.Var[str]
    dropped_into: rx.Var[str]
    labels: rx.Var[dict[str, str]]
    is_quiet: rx.Var[bool]
    on_uploaded: rx.EventHandler[one_text]


def statement_drop(
    account_id: Text,
    hint: Text,
    on_uploaded: rx.event.EventType[str],
    *,
    dropped: Text = "",
    dropped_into: Text = "",
    is_quiet: rx.Var[bool] | bool = False,
) -> rx.Component:
    """Drag and drop anywhere on the page and a file picker, with progress and Stop.

    ``hint`` says what is taken. ``on_uploaded`` is called with the id of each preview,
    when the last file has arrived; what is wrong with a file is said below the button.
    ``dropped`` is the key in the address of files that were dropped on another page
    (``drop_leads``), ``dropped_into`` their account. While it is quiet only files that
    are dragged or on their way are shown.

    Example:
        ``statement_drop(state.account_id, state.drop_hint, state.take_file)``
    """
    return StatementDrop.create(
        account_id=account_id,
        labels={
            "drop": t("Drop the files from your bank here"),
            "choose": t("Choose files"),
            "hint": hint,
            "stop": t("Stop"),
            "reading": t("Reading …"),
            "goOn": t("Go on with the others"),
            "unreachable": t("The server did not answer. Nothing was changed."),
            "failed": t("The file could not be taken. Nothing was changed."),
        },
        dropped=dropped,
        dropped_into=dropped_into,
        is_quiet=is_quiet,
        on_uploaded=on_uploaded,
    )


class DropLeads(rx.Component):
    """See ``assets/drop_leads.jsx``."""

    library = "$/public/drop_leads.jsx"
    tag = "DropLeads"

    path: rx.Var[str]
    label: rx.Var[str]


def drop_leads() -> rx.Component:
    """Files dropped where no part of the page takes them lead to the import.

    Example:
        ``drop_leads()``
    """
    return DropLeads.create(
        path=routes.IMPORT, label=t("Drop the files from your bank here")
    )
