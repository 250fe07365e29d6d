"""``/api/v1/currencies/{base}/history/{quote}/export``: a course as a file."""

from typing import Annotated

from fastapi import Query, Response

from fintrack.api.currencies import PLACE, CodeInPath, OnDay, SpanName
from fintrack.api.curves import today_of
from fintrack.api.identity import SignedIn
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Day
from fintrack.core.period import Period
from fintrack.core.rate_spans import hours_of, span_of
from fintrack.services.commands import ask
from fintrack.services.exporting.courses import export_course

ANSWER = {
    "responses": {
        "200": {"description": "A CSV file in UTF-8", "content": {"text/csv": {}}}
    }
}
routes = Routes()

Since = Annotated[Day | None, Query(description="Its first day, if that is earlier")]


@routes.declare(
    "GET",
    PLACE + "/{base}/history/{quote}/export",
    access=PERSON,
    verb=export_course,
    more=ANSWER,
)
async def get_history_file(
    base: CodeInPath,
    quote: CodeInPath,
    caller: SignedIn,
    period: SpanName = "1M",
    on: OnDay = None,
    since: Since = None,
) -> Response:
    """Gives the rate of a pair as a CSV file, for a period up to a day.

    Days of which nobody spoke for a month are left out.
    """
    span = span_of(period, on or today_of(caller))
    if since:
        span = Period(min(since, span.start), span.end)
    text = await ask(caller.actor, export_course, base, quote, span, hours_of(period))
    name = f"{base}-{quote}-{period}.csv"
    return Response(
        text,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
