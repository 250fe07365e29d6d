"""What an edit makes of the postings that a transaction has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from fintrack.core.entries import Part, Unlock
from fintrack.models.ledger import Posting, Transaction
from fintrack.services.commands import Work
from fintrack.services.ledger import locking
from fintrack.services.ledger.writing import fill_posting, posting_of


@dataclass(frozen=True, slots=True)
class Rewriting:
    """For each part the posting that becomes it, or None; and the postings that go."""

    pairs: tuple[tuple[Part, Posting | None], ...]
    surplus: tuple[Posting, ...]

    @classmethod
    def of(cls, kept: Sequence[Posting], parts: Sequence[Part]) -> "Rewriting":
        """Each part takes the posting that it is most like.

        The bank has seen an amount on an account: its mark must not come to another.
        """
        free = {posting.id: posting for posting in kept}
        found: dict[int, Posting] = {}
        for is_like in (_is_same, _is_on_account, _is_any):
            for place, part in enumerate(parts):
                like = _first(free, is_like, part) if place not in found else None
                if like is not None:
                    found[place] = free.pop(like.id)
        pairs = tuple((part, found.get(i)) for i, part in enumerate(parts))
        return cls(pairs, tuple(free.values()))

    async def guard(self, work: Work, on_date: date, *, unlock: Unlock) -> None:
        """Refuses what a reconciliation holds, unless it may be unlocked.

        Raises:
            Reconciled: names the reconciliations or accounts.
        """
        moved = [
            posting
            for part, posting in self.pairs
            if posting and not (_is_same(posting, part) and posting.on_date == on_date)
        ]
        await locking.guard_standing(work, (*moved, *self.surplus), unlock=unlock)
        arriving = {
            part.account_id
            for part, posting in self.pairs
            if posting is None
            or not _is_on_account(posting, part)
            or posting.on_date != on_date
        }
        await locking.guard_day(work, arriving, on_date, unlock=unlock)

    async def write(self, work: Work, row: Transaction) -> None:
        """Writes the parts into the postings, in the order of the parts."""
        for position, (part, posting) in enumerate(self.pairs):
            if posting is None:
                work.session.add(posting_of(row, part, position))
            else:
                if not _is_on_account(posting, part):
                    posting.cleared_at = None
                fill_posting(posting, part)
                posting.position = position
        for posting in self.surplus:
            await work.session.delete(posting)
        await work.session.flush()


def _is_same(posting: Posting, part: Part) -> bool:
    seen = (posting.account_id, posting.amount_minor, posting.currency)
    return seen == (part.account_id, part.money.minor, part.money.currency)


def _is_on_account(posting: Posting, part: Part) -> bool:
    return posting.account_id == part.account_id


def _is_any(posting: Posting, part: Part) -> bool:
    del posting, part
    return True


def _first(
    free: dict[int, Posting], is_like: Callable[[Posting, Part], bool], part: Part
) -> Posting | None:
    return next((one for one in free.values() if is_like(one, part)), None)
