import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from fintrack.core.errors import InvalidInput, StaleVersion
from fintrack.core.notices import FIRST_ON, NOTICES
from fintrack.services.change_sets import open_change_set
from fintrack.services.commands import Work, ask, perform
from fintrack.services.people import choose_appearance, configure, find_settings
from tests.books import Books
from tests.services.people import behind
from tests.services.test_at_once import until_somebody_waits


async def test_settings_are_kept(books: Books) -> None:
    seen = await ask(books.actor, find_settings)
    wanted = replace(
        seen,
        first_name=" Ada ",
        last_name="Lovelace",
        appearance="dark",
        time_zone="Europe/Istanbul",
        week_starts_on=6,
        month_starts_on=15,
        base_currency="TRY",
        notices=(NOTICES[0], NOTICES[-1]),
    )
    await perform(books.actor, configure, wanted)
    kept = await ask(books.actor, find_settings)
    assert kept == replace(wanted, first_name="Ada", version=seen.version + 1)


async def test_new_person_is_told_of_all_but_advertising_by_mail(books: Books) -> None:
    assert (await ask(books.actor, find_settings)).notices == FIRST_ON


async def test_settings_read_before_another_change_are_refused(books: Books) -> None:
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, appearance="dark"))
    with pytest.raises(StaleVersion):
        await perform(books.actor, configure, replace(seen, appearance="light"))
    assert (await ask(books.actor, find_settings)).appearance == "dark"


async def test_chosen_appearance_is_a_change_of_the_settings(books: Books) -> None:
    seen = await ask(books.actor, find_settings)
    assert seen.appearance == ""
    await perform(books.actor, choose_appearance, "dark")
    chosen = replace(seen, appearance="dark", version=seen.version + 1)
    assert await ask(books.actor, find_settings) == chosen
    with pytest.raises(InvalidInput):
        await perform(books.actor, choose_appearance, "")


@asynccontextmanager
async def beginning(books: Books) -> AsyncIterator[Work]:
    """A change of Ada's that is not over before somebody waits for it."""
    home, actor, now = books.home, books.actor, books.home.clock()
    async with home.unit_of_work() as session:
        change_id = await open_change_set(session, actor, "test", now, None, None)
        yield Work(session, actor, now, change_id)
        await until_somebody_waits(home)


async def test_appearance_that_is_chosen_meanwhile_is_not_set_back(
    books: Books,
) -> None:
    seen = await ask(books.actor, find_settings)
    wanted = replace(seen, appearance="light")
    async with asyncio.TaskGroup() as both, beginning(books) as work:
        await choose_appearance(work, "dark")
        late = both.create_task(_outcome(perform(books.actor, configure, wanted)))
    assert isinstance(late.result(), StaleVersion)
    assert (await ask(books.actor, find_settings)).appearance == "dark"


async def test_choice_of_an_appearance_raises_the_version_of_a_change_meanwhile(
    books: Books,
) -> None:
    seen = await ask(books.actor, find_settings)
    async with asyncio.TaskGroup() as both, beginning(books) as work:
        await configure(work, replace(seen, first_name="Grace"))
        both.create_task(perform(books.actor, choose_appearance, "dark"))
    now = await ask(books.actor, find_settings)
    assert (now.first_name, now.appearance) == ("Grace", "dark")
    assert now.version == seen.version + 2


async def _outcome(change: Awaitable[object]) -> object:
    try:
        return await change
    except StaleVersion as error:
        return error


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", " "),
        ("last_name", "x" * 101),
        ("language", "xx"),
        ("appearance", "pink"),
        ("first_name", "\u3164"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "localtime"),
        ("week_starts_on", 7),
        ("month_starts_on", 29),
        ("base_currency", "EURO"),
        ("notices", ("EnableDesktopNotifications.email",)),
    ],
)
async def test_setting_that_cannot_be_is_said_beside_its_field(
    books: Books, field: str, value: Any
) -> None:
    seen = await ask(books.actor, find_settings)
    changes: dict[str, Any] = {field: value}
    with pytest.raises(InvalidInput) as refused:
        await perform(books.actor, configure, replace(seen, **changes))
    assert [problem.field for problem in refused.value.problems] == [field]


async def test_name_that_is_too_long_is_told_so(books: Books) -> None:
    seen = await ask(books.actor, find_settings)
    with pytest.raises(InvalidInput, match="at most 100 characters"):
        await perform(books.actor, configure, replace(seen, first_name="x" * 101))


async def test_zone_that_is_not_offered_any_more_may_stay(books: Books) -> None:
    await behind(books.home, "UPDATE person SET time_zone = 'localtime'")
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, first_name="Augusta"))
    kept = await ask(books.actor, find_settings)
    assert (kept.first_name, kept.time_zone) == ("Augusta", "localtime")


async def test_settings_of_others_stay(books: Books, stranger: Books) -> None:
    before = await ask(stranger.actor, find_settings)
    seen = await ask(books.actor, find_settings)
    await perform(books.actor, configure, replace(seen, base_currency="USD"))
    assert await ask(stranger.actor, find_settings) == before
