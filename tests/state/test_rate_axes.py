"""Points of a chart of rates stand where their time is, and breaks are seen."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from fintrack.core.exchange import Rate
from fintrack.services.rates.course import Course
from fintrack.services.rates.lookup import Known, RateView
from fintrack.state.amounts import Reader
from fintrack.state.rate_axes import EDGE, axes_of, places_of, share_of
from fintrack.state.rate_charts import rate_chart

DAY = date(2026, 10, 30)
NOON = datetime(2026, 10, 30, 12, tzinfo=UTC)
READER = Reader(time_zone="Europe/Berlin", today=DAY)


def _point(on: date, value: str = "1", at: datetime | None = None) -> RateView:
    seen = at or datetime.combine(on, NOON.timetz())
    return RateView(
        Rate("EUR", "TRY", Decimal(value), on), Known.DIRECT, (), seen, at=at
    )


def test_years_without_a_rate_are_a_break_that_says_its_days() -> None:
    old, new = date(2004, 12, 31), date(2026, 10, 29)
    points = (_point(old, "2"), _point(new, "4"), _point(DAY, "3"))
    chart = rate_chart(Course("EUR", "TRY", points), READER)
    assert chart.at == ["2004-12-31", "2005-01-01", "2026-10-29", "2026-10-30"]
    assert chart.y == [2, None, 4, 3]
    assert (chart.x[1], chart.texts[1]) == ("Jan 1, 2005 – Oct 28, 2026", "–")
    assert (chart.kinds[1], chart.is_broken) == ("unknown", True)
    assert chart.marks_x == ["2004-12-31", "2026-10-29"]
    assert chart.mark_places == ["bottom right", "top left"]
    years = chart.axes.x_tick_texts
    assert years == ["2007", "2011", "2015", "2020", "2024"]


def test_days_of_a_thinned_course_are_no_breaks() -> None:
    points = [_point(DAY - timedelta(n)) for n in (10, 5, 4, 0)]
    assert all(place.point for place in places_of(points, 5, READER))
    assert share_of(points[1], points) == Decimal("0.5")


def test_first_label_of_two_days_and_the_marks_at_them_are_seen_whole() -> None:
    points = (_point(DAY - timedelta(1), "0.9"), _point(DAY, "0.8"))
    chart = rate_chart(Course("EUR", "TRY", points), READER)
    assert chart.axes.x_ticks == ["2026-10-29", "2026-10-30"]
    assert chart.axes.x_tick_texts[0] == "Oct 29"
    assert chart.axes.lead >= 21
    assert chart.mark_places == ["top right", "bottom left"]


def test_hours_stand_at_their_instants_and_say_the_readers_time() -> None:
    points = [_point(DAY, at=NOON + timedelta(hours=n)) for n in range(10)]
    axes = axes_of(points, [Decimal(1)], READER, is_percent=False)
    assert axes.x_ticks[0] == "2026-10-30T13:00:00"
    assert axes.x_tick_texts[0] == "14:00"
    assert axes.lead == EDGE
