"""Toasts: a sentence in the corner after each change, with Undo.

Reflex runs its own toasts by ``eval`` of a script that the server sends. A notice
holds words of people (payees, names), so it travels as state instead and is drawn by
React as text.
"""

from collections.abc import Sequence

import reflex as rx

from fintrack.components.events import one_text
from fintrack.components.text import t
from fintrack.state.rows import Notice


class ToastArea(rx.Component):
    """The corner; see ``assets/toasts.jsx``."""

    library = "$/public/toasts.jsx"
    tag = "ToastArea"

    notice: rx.Var[Notice]
    undo_label: rx.Var[str]
    close_label: rx.Var[str]
    area_label: rx.Var[str]
    on_undo: rx.EventHandler[one_text]
    on_shown: rx.EventHandler[rx.event.no_args_event_spec]


def toasts(
    notice: Notice,
    on_undo: rx.event.EventType[str],
    undone: Sequence[rx.event.EventType[()]] = (),
    shown: Sequence[rx.event.EventType[()]] = (),
) -> rx.Component:
    """Shows each new ``notice``; ``on_undo`` is called with its change set's id.

    What is in ``undone`` follows; what is in ``shown``, each time that one appears.
    Eight seconds, longer while one points at it; what went wrong stays.

    Example:
        ``toasts(SessionState.notice, HistoryState.undo)``
    """
    return ToastArea.create(
        notice=notice,
        undo_label=t("Undo"),
        close_label=t("Close"),
        area_label=t("Notices"),
        on_undo=[on_undo, *undone] if undone else on_undo,
        on_shown=[*shown],
    )
