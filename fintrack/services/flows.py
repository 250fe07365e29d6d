"""Another code by mail, for whoever is not signed in: they may bring anything."""

from sqlalchemy import text

from fintrack.core.actor import Actor
from fintrack.core.errors import NotFound
from fintrack.services.codes import FLOW_LIVES, OVER, Flow, resend
from fintrack.services.commands import ANYBODY, Work, ask, perform, question
from fintrack.services.sessions import hash_token

_GOES_ON = text(
    "SELECT EXISTS (SELECT FROM code WHERE flow_hash = :hash AND begun_at > :since)"
)


async def ask_again(actor: Actor, flow: str, address: str) -> Flow:
    """Sends a new code, as ``resend`` does.

    It looks first, so that what is no living flow leaves nothing in the database.

    Raises:
        TooManyTries, NotFound: as ``resend`` does.
    """
    await ask(actor, check_flow, flow)
    return (await perform(actor, resend, flow, address)).value


@question("code.check_flow", roles=ANYBODY)
async def check_flow(work: Work, flow: str) -> None:
    """Passes a flow that has not taken too long.

    Raises:
        NotFound: there is no such flow any more.
    """
    shown = {"hash": hash_token(flow), "since": work.now - FLOW_LIVES}
    if not await work.session.scalar(_GOES_ON, shown):
        raise NotFound(OVER)
