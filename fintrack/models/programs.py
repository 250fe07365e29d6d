"""What programs hold to stay signed in."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from fintrack.models.base import Identified, MainRow, big, instant, reference


class RefreshToken(MainRow, Identified, table=True):
    """One of the tokens of a session, of which only the SHA-256 is kept.

    A used one stays while its session lives, so that it is known when it comes back.
    """

    __tablename__ = "refresh_token"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        reference(["session_id"], "sign_in_session", ["id"], owned=True),
        Index(None, "session_id"),
    )

    session_id: int = big()
    token_hash: bytes = Field(repr=False)
    created_at: datetime = instant()
    used_at: datetime | None = instant(default=None)
