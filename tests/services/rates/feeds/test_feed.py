"""What an answer says of itself goes on with its observations."""

from datetime import UTC, datetime
from decimal import Decimal

from fintrack.core.rate_runs import Observation
from fintrack.services.rates.feeds.answers import Answer, Mark, Quota
from fintrack.services.rates.feeds.feed import Fetched


def test_mark_and_quota_stay_with_the_observations() -> None:
    seen = Observation("EUR", Decimal(1), datetime(2026, 3, 1, tzinfo=UTC))
    answer = Answer(b"x", mark=Mark("e"), quota=Quota(3))
    assert Fetched.of(answer, [seen]) == Fetched([seen], False, Mark("e"), Quota(3))  # noqa: FBT003 - a value
