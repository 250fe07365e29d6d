"""The reconciliations on the page of an account, and the newest opened again."""

import reflex as rx

from fintrack.core.actor import Actor
from fintrack.core.errors import FinTrackError
from fintrack.services.commands import ask, perform
from fintrack.services.reconciling.finishing import reopen_reconciliation
from fintrack.services.reconciling.listing import list_reconciliations
from fintrack.state.amounts import Reader
from fintrack.state.forms import read_id
from fintrack.state.reconcile_rows import PastRow, past_row
from fintrack.state.session import actor_of, reader_of
from fintrack.state.undoing import Undoing

SHOWN = 12


class Reconciliations(Undoing, mixin=True):
    """The newest reconciliations of the account; those opened say why."""

    reconciliations: list[PastRow] = []

    @rx.event
    async def reopen_reconciliation(self, reconciliation_id: str) -> None:
        """Unlocks the newest one; what is cleared stays cleared."""
        actor, reader = await actor_of(self), await reader_of(self)
        try:
            wanted = read_id(reconciliation_id, "form")
            done = await perform(actor, reopen_reconciliation, wanted)
        except FinTrackError as error:
            self._warn(error, reader)
        else:
            self._tell(reader.say("Reconciliation opened again."), done.change_id)
        await self._read_again(actor, reader)

    async def _fill_reconciliations(
        self, account_id: int, actor: Actor, reader: Reader
    ) -> None:
        found = await ask(actor, list_reconciliations, account_id, limit=SHOWN)
        self.reconciliations = [past_row(view, reader) for view in found]
