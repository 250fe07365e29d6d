"""Photos and PDFs of a transaction: shown, added and removed."""

import reflex as rx

from fintrack.components.events import one_text
from fintrack.components.text import t
from fintrack.state.attachments import AttachmentRow, AttachmentTarget


class Attachments(rx.Component):
    """See ``assets/attachments.jsx``."""

    library = "$/public/attachments.jsx"
    tag = "Attachments"

    rows: rx.Var[list[AttachmentRow]]
    place: rx.Var[str]
    may_change: rx.Var[bool]
    most_bytes: rx.Var[int]
    labels: rx.Var[dict[str, str]]
    on_added: rx.EventHandler[one_text]
    on_remove: rx.EventHandler[one_text]


def attachments(
    rows: list[AttachmentRow],
    target: AttachmentTarget,
    *,
    on_added: rx.event.EventType[str],
    on_remove: rx.event.EventType[str],
) -> rx.Component:
    """A list with thumbnails; files are dropped, pasted, chosen or photographed.

    ``on_added`` is called with the change set of each, ``on_remove`` with the id of a
    row; what is wrong with a file is said below.

    Example:
        ``attachments(S.rows, S.target, on_added=S.added, on_remove=S.remove)``
    """
    return Attachments.create(
        rows=rows,
        place=target.place,
        may_change=target.may_change,
        most_bytes=target.most_bytes,
        labels={
            "title": t("Attachments"),
            "choose": t("Add files"),
            "camera": t("Take a photo"),
            "hint": target.hint,
            "large": target.large,
            "view": t("View"),
            "open": t("Open in a new tab"),
            "save": t("Save"),
            "remove": t("Remove"),
            "close": t("Close"),
            "stop": t("Stop"),
            "checking": t("Checking …"),
            "unreachable": t("The server did not answer. Nothing was changed."),
            "failed": t("The file could not be taken. Nothing was changed."),
        },
        on_added=on_added,
        on_remove=on_remove,
    )
