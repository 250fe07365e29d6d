"""An admin takes note that LogDB was lost; who and when stays in the trail."""

from sqlalchemy import text

from fintrack.core.actor import Role
from fintrack.core.errors import Conflict, NotFound
from fintrack.services.commands import Work, command
from fintrack.services.security_events import add_event
from fintrack.services.trail.starting_over import ACKNOWLEDGED, LOST, find_losses

# The second of two who press at once waits here, and then finds it acknowledged.
_LOCK = text("SELECT id FROM security_event WHERE id = :id AND kind = :kind FOR UPDATE")


@command(
    "staff.acknowledge_loss",
    roles=frozenset({Role.ADMIN}),
    final="whoever has taken note of a loss cannot say that they never knew",
    fresh=True,
)
async def acknowledge_loss(work: Work, loss_id: int) -> None:
    """Keeps that the loss is known; the event that tells of it stays as it is.

    Raises:
        NotFound: there is no such loss.
        Conflict: somebody has acknowledged it already.
    """
    wanted = {"id": loss_id, "kind": LOST}
    if await work.session.scalar(_LOCK, wanted) is None:
        raise NotFound
    losses = await find_losses(work.session)
    if any(loss.id == loss_id and loss.acknowledged for loss in losses):
        raise Conflict("This loss is acknowledged already.")
    detail = {"loss": str(loss_id)}
    await add_event(work.session, ACKNOWLEDGED, work.now, work.actor, detail=detail)
