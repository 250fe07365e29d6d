"""The frame around a page of somebody signed in, with the toasts of its state."""

from collections.abc import Sequence

import reflex as rx

from fintrack.components.layout import changes_told, frame
from fintrack.state.session import SessionState
from fintrack.state.undoing import Undoing


def framed(
    *content: rx.Component,
    here: str,
    state: type[Undoing] | None = None,
    shortcuts: dict[str, rx.event.EventType[()]] | None = None,
    undone: Sequence[rx.event.EventCallback[()]] = (),
) -> rx.Component:
    """``content`` at its place; notices of ``state`` appear in the corner.

    A page that changes nothing has no state here. Ctrl/Cmd+Z takes the last change
    back on every page.

    ``undone`` is what follows when one of them was taken back, for what another state
    of the page shows.
    """
    pressed = dict(shortcuts or {})
    if state:
        pressed["on_undo"] = [state.undo_last, *undone]
    return rx.fragment(
        frame(
            *content,
            here=here,
            person=SessionState.me,
            shortcuts=pressed,
        ),
        changes_told(state.notice, state.undo, undone) if state else rx.fragment(),
    )
