"""``/api/v1/books``: whole books of a file, seen first and brought into empty ones."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

from fastapi import Query, Request, Response

from fintrack.api.bodies import announced_bytes
from fintrack.api.identity import SignedIn
from fintrack.api.problems import language_of
from fintrack.api.routes import PERSON, Routes
from fintrack.api.shapes import Changed, Id, IdempotencyKey, Text, View, changed
from fintrack.core.formatting import format_day
from fintrack.core.text import message_id, translate, translate_plural
from fintrack.services.moving.bringing import bring_books
from fintrack.services.moving.receiving import (
    most_bytes,
    receive_books,
    survey_file,
    too_large,
)
from fintrack.services.moving.surveying import BooksSurvey, PlaceToBe, survey_books

PLACE = "/v1/books"
RAW_BODY = {
    "requestBody": {
        "description": "The file itself: JSON in the form fintrack/1, 32 MiB at most",
        "required": True,
        "content": {"application/octet-stream": {}},
    }
}
NOT_ALONG = message_id(
    "Attachments, reconciliations and own rates are not in the file."
)
CLOSES_LATER = message_id(
    "“{name}” closes on {day}, not on {said}: until then something happens there."
)
STAYS_OPEN = message_id(
    "“{name}” stays open: there is money on it, or something is planned."
)
routes = Routes()


class PlaceToBeShown(View):
    """An account of the file; ``is_new`` says that it would be made.

    The file closes it on ``closed_on``, and the move on ``closes_on``: later where
    something happens there later, and not at all where money is left or planned.
    """

    name: str
    type: str
    currency: str
    is_new: bool
    closed_on: date | None
    closes_on: date | None


class SurveyShown(View):
    """What would come in; ``words`` say it in sentences of the reader's language.

    ``categories`` and ``tags`` would be made. ``recurring`` are items that come again.
    """

    accounts: list[PlaceToBeShown]
    categories: int
    tags: int
    transactions: int
    transfers: int
    splits: int
    void: int
    since: date | None
    until: date | None
    rules: int
    recurring: int
    templates: int
    words: list[str]


class BroughtShown(View):
    """What came in: ``accounts``, ``categories`` and ``tags`` were made.

    ``recurring`` are items that come again.
    """

    import_id: Id
    accounts: int
    categories: int
    tags: int
    transactions: int
    rules: int
    recurring: int
    templates: int


@routes.declare(
    "POST", PLACE + "/preview", access=PERSON, verb=survey_books, more=RAW_BODY
)
async def post_books_preview(request: Request, caller: SignedIn) -> SurveyShown:
    """What a file would bring into these books; nothing is written.

    The raw body is the file. Books with transactions are 409.
    """
    found = await survey_file(caller.actor, _arriving(request))
    shown = {name: getattr(found, name) for name in BooksSurvey.__slots__}
    return SurveyShown.model_validate(
        shown | {"words": _words(found, language_of(request))}
    )


@routes.declare(
    "POST", PLACE, access=PERSON, status=201, verb=bring_books, more=RAW_BODY
)
async def post_books(
    request: Request,
    caller: SignedIn,
    answer: Response,
    filename: Annotated[Text, Query()] = "",
    key: IdempotencyKey = None,
) -> Changed[BroughtShown]:
    """Brings a file into empty books: all of it in one step, or nothing.

    The raw body is the file. Accounts, categories and tags that are missing are made.
    Rules, recurring items and templates come behind those that are here; of an item no
    date that was dealt with comes again.
    """
    chunks = _arriving(request)
    done = await receive_books(caller.actor, filename, chunks, key=key)
    answer.headers["Location"] = f"/api/v1/imports/{done.value.import_id}"
    return changed(BroughtShown, done)


def _arriving(request: Request) -> AsyncIterator[bytes]:
    """The file, of which not a byte is read where it says that it is too large."""
    if announced_bytes(request) > most_bytes():
        raise too_large()
    return request.stream()


def _words(found: BooksSurvey, language: str) -> list[str]:
    def count(one: str, many: str, n: int) -> str:
        return translate_plural(one, many, n, language)

    new = sum(one.is_new for one in found.accounts)
    sentences = [
        count(
            "{n} transaction comes in.", "{n} transactions come in.", found.transactions
        ),
        _span(found, language),
        count("{n} account is made.", "{n} accounts are made.", new) if new else "",
        count("{n} category is made.", "{n} categories are made.", found.categories)
        if found.categories
        else "",
        count("{n} tag is made.", "{n} tags are made.", found.tags)
        if found.tags
        else "",
        count("{n} of them is void.", "{n} of them are void.", found.void)
        if found.void
        else "",
        count("{n} rule comes in.", "{n} rules come in.", found.rules)
        if found.rules
        else "",
        count(
            "{n} recurring item comes in.",
            "{n} recurring items come in.",
            found.recurring,
        )
        if found.recurring
        else "",
        count("{n} template comes in.", "{n} templates come in.", found.templates)
        if found.templates
        else "",
        *(_closing(one, language) for one in found.accounts),
        translate(NOT_ALONG, language),
    ]
    return [one for one in sentences if one]


def _span(found: BooksSurvey, language: str) -> str:
    if found.since is None or found.until is None:
        return ""
    return translate(
        "The first is of {first}, the last of {last}.",
        language,
        first=format_day(found.since, language),
        last=format_day(found.until, language),
    )


def _closing(one: PlaceToBe, language: str) -> str:
    """What becomes of an account that the file closes on a day on which it cannot."""
    if one.closed_on is None or one.closed_on == one.closes_on:
        return ""
    if one.closes_on is None:
        return translate(STAYS_OPEN, language, name=one.name)
    return translate(
        CLOSES_LATER,
        language,
        name=one.name,
        day=format_day(one.closes_on, language),
        said=format_day(one.closed_on, language),
    )
