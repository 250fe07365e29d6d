"""Master keys of before: what is kept of each when another one takes its place."""

from datetime import datetime

from sqlmodel import Field

from fintrack.models.base import Identified, MainRow, big, instant


class KeyExchange(MainRow, Identified, table=True):
    """One exchange of the master key.

    ``public_key`` checks the heads that the former key signed, up to ``head_position``;
    ``signature`` is the next key's word for both. ``recovery_key`` is encrypted under
    the present key and tells whether a recovery code of that time is right. Without
    ``finished_at`` some files may still be under the former key.
    """

    __tablename__ = "key_exchange"

    at: datetime = instant()
    former_fingerprint: str
    public_key: bytes
    head_position: int = big()
    signature: bytes
    recovery_key: bytes = Field(repr=False)
    finished_at: datetime | None = instant(default=None)
