"""One transfer that two banks told: which of the two rows stands for the other."""

from sqlalchemy import Index, UniqueConstraint

from fintrack.models.base import Identified, MainRow, big, reference


class TransferMatch(MainRow, Identified, table=True):
    """A transfer, and the row of the other bank that is void because it stands for it.

    A table of its own: a column more on each transaction would end the undo of all that
    was done before.
    """

    __tablename__ = "transfer_match"
    __table_args__ = (
        UniqueConstraint("ledger_id", "told_id"),
        Index(None, "ledger_id", "transfer_id"),
        reference(["ledger_id", "transfer_id"], "transaction", ["ledger_id", "id"]),
        reference(["ledger_id", "told_id"], "transaction", ["ledger_id", "id"]),
    )

    ledger_id: int = big()
    transfer_id: int = big()
    told_id: int = big()
