"""What each plan costs and contains; an admin edits the rows."""

from sqlalchemy import ARRAY, CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from fintrack.models.base import Identified, MainRow, Versioned, big, small

FREE = "free"


class Plan(MainRow, Identified, Versioned, table=True):
    """A plan; a limit that is NULL does not limit."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("price_minor >= 0", name="price_minor"),
    )

    name: str
    title: str
    price_minor: int = big()
    currency: str
    accounts: int | None = None
    active_budgets: int | None = None
    goals: int | None = None
    report_formats: list[str] = Field(sa_type=ARRAY(String))
    mailed_reports_a_month: int
    messages_a_day: int
    attachment_bytes: int = big()
    people: int = small()
    api_tokens: int
    lends: bool
    has_priority: bool
