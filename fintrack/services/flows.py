"""What comes back with a flow, from whoever is not signed in: they may bring anything.

It is looked at first, so that what is no living flow leaves nothing in the database.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar, TypeVarTuple

from sqlalchemy import text

from fintrack.core.actor import Actor
from fintrack.core.errors import NotFound
from fintrack.services.codes import (
    FLOW_LIVES,
    OVER,
    CodeRefused,
    Flow,
    GivenCode,
    Reason,
    resend,
)
from fintrack.services.commands import ANYBODY, Work, ask, perform, question
from fintrack.services.sessions import hash_token

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_GOES_ON = text(
    "SELECT EXISTS (SELECT FROM code WHERE flow_hash = :hash AND begun_at > :since)"
)


async def ask_again(actor: Actor, flow: str, address: str) -> Flow:
    """Sends a new code, as ``resend`` does.

    Raises:
        TooManyTries, NotFound: as ``resend`` does.
    """
    await ask(actor, check_flow, flow)
    return (await perform(actor, resend, flow, address)).value


async def bring_back(
    actor: Actor,
    verb: Callable[[Work, GivenCode, *Ts], Awaitable[T]],
    given: GivenCode,
    *arguments: *Ts,
) -> T | CodeRefused:
    """``perform`` for a command that judges a code."""
    try:
        await ask(actor, check_flow, given.flow)
    except NotFound:
        return CodeRefused(Reason.DEAD)
    return (await perform(actor, verb, given, *arguments)).value


@question("code.check_flow", roles=ANYBODY)
async def check_flow(work: Work, flow: str) -> None:
    """Passes a flow that has not taken too long.

    Raises:
        NotFound: there is no such flow any more.
    """
    shown = {"hash": hash_token(flow), "since": work.now - FLOW_LIVES}
    if not await work.session.scalar(_GOES_ON, shown):
        raise NotFound(OVER)
