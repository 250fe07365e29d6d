"""The verbs for what has a file read: a process is free before they begin.

A unit of work or a snapshot that waited for one would hold its connection meanwhile,
and a few of those leave none to everybody else. Each person has one file looked at and
one brought in at a time.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Concatenate, ParamSpec, TypeVar, TypeVarTuple

from fintrack.core.actor import Actor
from fintrack.services.commands import Done, Work, ask, perform
from fintrack.services.imports import progress, readers
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.listing import ImportView
from fintrack.services.imports.previews import (
    PreviewChange,
    PreviewHead,
    change_preview,
)

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LOOKING, CHANGING = "looking", "changing"


async def ask_in_turn(
    actor: Actor,
    verb: Callable[Concatenate[Work, P], Awaitable[T]],
    *arguments: P.args,
    **options: P.kwargs,
) -> T:
    """``ask`` for a question that has a file read.

    Raises:
        NoTurn: others are before it for longer than one waits.
        FinTrackError: as ``ask`` does.
    """
    async with readers.current().turn((LOOKING, actor.person_id)):
        return await ask(actor, verb, *arguments, **options)


async def perform_in_turn(
    actor: Actor,
    verb: Callable[[Work, *Ts], Awaitable[T]],
    *arguments: *Ts,
    key: str | None = None,
) -> Done[T]:
    """``perform`` for a command that has a file read.

    Raises:
        NoTurn: others are before it for longer than one waits.
        FinTrackError: as ``perform`` does.
    """
    async with readers.current().turn((CHANGING, actor.person_id)):
        return await perform(actor, verb, *arguments, key=key)


async def correct_preview(
    actor: Actor, change: PreviewChange, *, key: str | None = None
) -> Done[PreviewHead]:
    """``change_preview``; only another part or account has the file looked at anew."""
    if change.part is None and change.account_id is None:
        return await perform(actor, change_preview, change, key=key)
    return await perform_in_turn(actor, change_preview, change, key=key)


async def confirm_in_turn(
    actor: Actor, preview_id: int, *, key: str | None = None
) -> Done[ImportView]:
    """``confirm_import``, which a stop finds also while it waits.

    Raises:
        NoTurn: others are before it for longer than one waits.
        Conflict: a person stopped it.
        FinTrackError: as ``perform`` does.
    """
    turn = readers.current().turn((CHANGING, actor.person_id))
    with progress.tracked(actor.person_id, preview_id) as running:
        async with AsyncExitStack() as held:
            async with running.waiting():
                await held.enter_async_context(turn)
            return await perform(actor, confirm_import, preview_id, key=key)
