"""Whole books from a file of another FinTrack: chosen, seen, brought in."""

import reflex as rx

from fintrack.components.events import one_text
from fintrack.components.text import t
from fintrack.core.statements.own_json import MAX_BYTES


class BooksMove(rx.Component):
    """See ``assets/books_move.jsx``."""

    library = "$/public/books_move.jsx"
    tag = "BooksMove"

    most_bytes: rx.Var[int]
    labels: rx.Var[dict[str, str]]
    on_brought: rx.EventHandler[one_text]


def books_move(on_brought: rx.event.EventType[str]) -> rx.Component:
    """A file is chosen, what it would bring is told, and a yes brings it in.

    ``on_brought`` is called with the change set; what is wrong is said below.

    Example:
        ``books_move(ImportState.books_brought)``
    """
    return BooksMove.create(
        most_bytes=MAX_BYTES,
        labels={
            "choose": t("Choose a file of FinTrack"),
            "busy": t("One moment …"),
            "made": t("is made"),
            "there": t("is here already"),
            "leave": t("Leave it"),
            "bring": t("Bring it in"),
            "large": t("This file is larger than 32 MB."),
            "unreachable": t("The server did not answer. Nothing was changed."),
            "failed": t("The file could not be taken. Nothing was changed."),
        },
        on_brought=on_brought,
    )
