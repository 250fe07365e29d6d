"""Errors as RFC 9457 problem details, in the language of the reader."""

import logging
from collections.abc import Sequence

from babel import negotiate_locale
from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from fintrack.api.problem_members import rows_in_the_way
from fintrack.core.day_text import NO_DAY, NO_SUCH_DAY
from fintrack.core.entries import FAR_DAY
from fintrack.core.errors import (
    FinTrackError,
    InvalidInput,
    NotFound,
    NotSignedIn,
    Problem,
    StaleVersion,
    TooManyTries,
    TooSlow,
)
from fintrack.core.saying import fill
from fintrack.core.text import SOURCE, languages, message_id, translate
from fintrack.core.undo_faults import RowsInTheWay

MEDIA_TYPE = "application/problem+json"
TITLES = {
    401: message_id("Not signed in"),
    402: message_id("Limit of the plan"),
    403: message_id("Not allowed"),
    404: message_id("Not found"),
    405: message_id("Method not allowed"),
    408: message_id("Too slow"),
    409: message_id("Conflict"),
    413: message_id("Too large"),
    415: message_id("Unsupported type"),
    422: message_id("Please check what you entered"),
    429: message_id("Too many tries"),
    503: message_id("Not available"),
}
UNKNOWN_TITLE = message_id("Something went wrong")
# What pydantic found, by the beginning of its type, as a sentence for a person.
FINDINGS = {
    "missing": message_id("Please fill this in."),
    "extra_forbidden": message_id("This field is not known."),
    "too_long": message_id("At most {max_length} can be given."),
    "string_too_long": message_id("This is too long."),
    "string_too_short": message_id("Please fill this in."),
    "json_invalid": message_id("This is not valid JSON."),
    "day": NO_DAY,
    "no_such_day": NO_SUCH_DAY,
    "far_day": FAR_DAY,
}
# What pydantic says beside a finding, as far as a sentence names it.
NAMED = {"max_length"}
UNUSABLE = message_id("This value cannot be used.")
MAX_FINDINGS = 50

_log = logging.getLogger(__name__)


class StaleResource(StaleVersion):
    """Somebody was faster: the resource as it stands, beside what was sent."""

    def __init__(self, present: object, sent: object) -> None:
        self.both = {
            "present": jsonable_encoder(present),
            "sent": jsonable_encoder(sent, exclude_unset=True),
        }
        super().__init__()


def add_problem_answers(api: FastAPI) -> None:
    """Makes every error of ``api`` a problem."""
    api.add_exception_handler(FinTrackError, _answer_own)
    api.add_exception_handler(RequestValidationError, _answer_validation)
    api.add_exception_handler(HTTPException, _answer_http)
    api.add_exception_handler(ClientDisconnect, _answer_nobody)
    api.add_exception_handler(Exception, _answer_unexpected)


def answer_problem(error: FinTrackError, language: str) -> JSONResponse:
    """The problem that tells ``error`` to a person."""
    findings = [
        {"field": problem.field, "message": say(problem, language)}
        for problem in error.problems
    ]
    answer = JSONResponse(
        {
            **_beside(error),
            "type": "about:blank",
            "title": translate(TITLES.get(error.status, UNKNOWN_TITLE), language),
            "status": error.status,
            "detail": " ".join(finding["message"] for finding in findings),
            "code": error.code,
            "errors": [finding for finding in findings if finding["field"]],
        },
        error.status,
        media_type=MEDIA_TYPE,
    )
    if isinstance(error, NotSignedIn):
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyTries):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _beside(error: FinTrackError) -> dict[str, object]:
    members: dict[str, object]
    if isinstance(error, StaleResource):
        members = error.both
    elif isinstance(error, RowsInTheWay):
        members = rows_in_the_way(error)
    else:
        members = {}
    return members


def say(problem: Problem, language: str) -> str:
    """One finding as a sentence."""
    return fill(problem, dict(problem.values), language)


def language_of(request: Request) -> str:
    """The best language we speak of the ``Accept-Language`` header (RFC 9110)."""
    said = request.headers.get("accept-language", "")[:500]
    wanted: list[tuple[int, str]] = []
    for place, entry in enumerate(said.split(",")):
        tag, _, weight = entry.strip().partition(";")
        if weight.strip() not in ("q=0", "q=0.0"):
            wanted.append((_order(weight, place), tag.strip()))
    tags = [tag for _, tag in sorted(wanted) if tag]
    return negotiate_locale(tags, languages(), sep="-") or SOURCE


def _order(weight: str, place: int) -> int:
    """Sorts by falling weight (a digit behind the point suffices), then by place."""
    tenths = weight.strip().removeprefix("q=0.")[:1] if "q=0." in weight else ""
    return place + (1000 * (10 - int(tenths)) if tenths.isdecimal() else 0)


async def _answer_own(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, FinTrackError):
        raise error
    return answer_problem(error, language_of(request))


async def _answer_validation(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    found = [
        Problem(
            FINDINGS.get(finding["type"], UNUSABLE),
            _field(finding["loc"]),
            tuple((k, str(v)) for k, v in finding.get("ctx", {}).items() if k in NAMED),
        )
        for finding in error.errors()[:MAX_FINDINGS]
    ]
    # A dependency that a route and its access share may be read twice.
    once = list(dict.fromkeys(found))
    return answer_problem(InvalidInput.of(once), language_of(request))


async def _answer_http(request: Request, error: Exception) -> JSONResponse:
    """Starlette's own 404, 405 and the like."""
    if not isinstance(error, HTTPException):
        raise error
    language = language_of(request)
    if error.status_code == NotFound.status:
        nothing = NotFound(message_id("There is nothing at this address."))
        return answer_problem(nothing, language)
    title = translate(TITLES.get(error.status_code, UNKNOWN_TITLE), language)
    return JSONResponse(
        {
            "type": "about:blank",
            "title": title,
            "status": error.status_code,
            "detail": title,
            "code": "http",
            "errors": [],
        },
        error.status_code,
        headers=dict(error.headers or {}),
        media_type=MEDIA_TYPE,
    )


async def _answer_nobody(request: Request, error: Exception) -> Response:
    """Who sent a file is gone before its end: no defect, and nobody reads this."""
    del request, error
    return Response(status_code=TooSlow.status)


async def _answer_unexpected(request: Request, error: Exception) -> JSONResponse:
    """A defect of ours: told to the log in full and to nobody else."""
    _log.error("Unexpected error at %s", request.url.path, exc_info=error)
    return answer_problem(FinTrackError(), language_of(request))


def _field(location: Sequence[int | str]) -> str:
    """``("body", "splits", 0, "amount")`` is ``splits.0.amount``.

    A place in broken JSON is a number and names no field.
    """
    parts = [str(part) for part in location[1:]]
    return "" if parts and parts[0].isdecimal() else ".".join(parts)
