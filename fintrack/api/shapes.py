"""What requests and answers are made of: ids, days, texts, lists, results."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

from fastapi import Header, Path, Query, Response
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)
from pydantic_core import PydanticCustomError

from fintrack.core.entries import FIRST_DAY, LAST_DAY
from fintrack.services import commands

T = TypeVar("T")

MAX_ID = 2**63 - 1
MAX_VERSION = 2**31 - 1


def _read_day(value: object) -> date:
    """A day is written 2026-11-18 and nothing else; 31 February is none."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("no_such_day", "no day of any month") from None
        if not FIRST_DAY <= day < LAST_DAY:
            raise PydanticCustomError("far_day", "a day before 1900 or after 2199")
        return day
    raise PydanticCustomError("day", "not a day")


def _check_text(value: str) -> str:
    if "\x00" in value:
        raise PydanticCustomError("invisible", "an invisible character")
    return value


Day = Annotated[
    date,
    BeforeValidator(_read_day, json_schema_input_type=Annotated[str, "a day"]),
    Field(strict=False, examples=["2026-11-18"], json_schema_extra={"format": "date"}),
]
Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Version = Annotated[
    int, Field(ge=1, le=MAX_VERSION, description="As you read it; an older one is 409")
]
Text = Annotated[str, Field(max_length=500), AfterValidator(_check_text)]
Email = Annotated[str, Field(max_length=254), AfterValidator(_check_text)]
Secret = Annotated[str, Field(max_length=1000, repr=False)]
FactorCode = Annotated[str, Field(max_length=100, repr=False)]
PathId = Annotated[int, Path(ge=1, le=MAX_ID)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="The same key again gives the first result and changes nothing, "
        "also after it was undone",
    ),
]
PlainNumber = Annotated[
    Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str)
]
Limit = Annotated[int, Query(ge=1, le=50)]
Cursor = Annotated[
    str | None,
    Query(pattern=r"^[0-9]{1,18}$", description="`next` of the page before, unchanged"),
]


class View(BaseModel):
    """A part of an answer, read from the service's value of the same fields."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Page(BaseModel, Generic[T]):
    """A list; ``next`` asks for what comes behind it, null when nothing does."""

    items: list[T]
    next: str | None = None


class Changed(BaseModel, Generic[T]):
    """What a change gave; ``change_id`` is what ``/v1/changes`` undoes."""

    item: T
    change_id: int


Shown = TypeVar("Shown", bound=View)


def changed(shape: type[Shown], done: commands.Done[T]) -> Changed[Shown]:
    """The answer to a command."""
    return Changed(item=shape.model_validate(done.value), change_id=done.change_id)


def created(
    shape: type[Shown], done: commands.Done[T], answer: Response, place: str
) -> Changed[Shown]:
    """The answer to a command that made something; ``place`` is where it is now."""
    result = changed(shape, done)
    answer.headers["Location"] = f"/api{place}/{getattr(result.item, 'id')}"  # noqa: B009 - every made shape has an id
    return result


def position(cursor: str | None) -> int | None:
    """The id that a cursor of digits names."""
    return None if cursor is None else int(cursor)


def page_of_ids(items: list[T], ids: list[int], limit: int) -> Page[T]:
    """A page of a list that goes on below its last id.

    It is given one row more than the ``limit`` where there is one, and so sees whether
    anything follows.
    """
    return Page(
        items=items[:limit], next=str(ids[limit - 1]) if len(ids) > limit else None
    )
