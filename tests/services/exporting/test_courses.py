"""A course as a file for spreadsheets."""

from datetime import UTC, date, datetime
from decimal import Decimal

from fintrack.core.exchange import Rate
from fintrack.core.rate_runs import Source
from fintrack.services.exporting.courses import course_csv
from fintrack.services.rates.course import Course
from fintrack.services.rates.lookup import Known, RateView

DAY = date(2026, 11, 18)
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_each_point_is_a_line_with_its_source() -> None:
    rate = Rate("EUR", "TRY", Decimal("4.86E+1"), DAY)
    said = RateView(rate, Known.DERIVED, (Source.EUROPE, Source.CURRENCY_API), NOON)
    own = RateView(rate, Known.DIRECT, (), None, is_own=True, at=NOON)
    head, first, second = course_csv(Course("EUR", "TRY", (said, own), 5)).splitlines()
    assert head.startswith('\ufeff"date","at","base","quote","rate"')
    assert first == (
        '"2026-11-18","","EUR","TRY","48.6","derived","",'
        '"ecb, currency-api","2026-11-18T12:00:00+00:00","5"'
    )
    assert second == (
        '"2026-11-18","2026-11-18T12:00:00+00:00","EUR","TRY","48.6","direct","own",'
        '"","",""'
    )
