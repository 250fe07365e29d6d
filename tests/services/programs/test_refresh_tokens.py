"""A refresh token is exchanged once; what comes back ends its family."""

import asyncio
from dataclasses import replace

import pytest

from fintrack.core.actor import ANONYMOUS, Actor, Where
from fintrack.core.errors import NotSignedIn
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.programs import refresh_tokens
from fintrack.services.programs.refresh_tokens import (
    FamilyEnded,
    Refreshed,
    RefreshRefused,
    Refusal,
    sweep_refresh_tokens,
)
from fintrack.services.sessions import end_session, hash_token
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.test_sessions import find, open_session

pytestmark = pytest.mark.usefixtures("home")
FIRST = "first"
UNKNOWN = RefreshRefused(Refusal.UNKNOWN)


async def start(token: str = FIRST) -> int:
    """A session of Ada's with its first refresh token; its id."""
    view = await open_session()
    first = refresh_tokens.start_family
    await perform(view.actor, first, view.session_id, hash_token(token))
    return view.session_id


async def exchange(old: str, new: str) -> Refreshed | RefreshRefused:
    verb = refresh_tokens.refresh
    return (await perform(ANONYMOUS, verb, hash_token(old), hash_token(new))).value


async def events(home: Database) -> list[str]:
    books = Books(home, ANONYMOUS)
    found = await books.rows("SELECT kind FROM security_event ORDER BY id")
    return [row.kind for row in found]


async def test_tokens_follow_each_other_on_one_session() -> None:
    session_id = await start()
    assert await exchange("first", "second") == Refreshed(session_id)
    assert await exchange("second", "third") == Refreshed(session_id)


async def test_program_signs_in_and_out_from_somewhere(home: Database) -> None:
    view = await open_session()
    here = replace(view.actor, where=Where("192.0.2.5"))
    first = refresh_tokens.start_family
    await perform(here, first, view.session_id, hash_token(FIRST))
    gone = Actor(where=Where("192.0.2.6"))
    await perform(gone, refresh_tokens.end_family, hash_token(FIRST))
    found = await Books(home, ANONYMOUS).rows(
        "SELECT kind, address FROM security_event ORDER BY id DESC LIMIT 2"
    )
    assert [(row.kind, row.address) for row in found] == [
        ("sign-out", "192.0.2.6"),
        ("program-signed-in", "192.0.2.5"),
    ]


async def test_token_that_comes_back_ends_the_family_and_its_session(
    clock: Clock, home: Database
) -> None:
    session_id = await start()
    await exchange("first", "second")
    clock.advance(seconds=10)
    assert await exchange("first", "mine") == RefreshRefused(Refusal.REUSED, session_id)
    assert await exchange("second", "third") == UNKNOWN
    assert await exchange("mine", "more") == UNKNOWN
    assert await find() is None
    assert (await events(home))[-3:] == ["token-reused", "refused", "refused"]


async def test_double_click_gives_the_late_one_nothing_and_ends_nothing(
    clock: Clock,
) -> None:
    session_id = await start()
    await exchange("first", "second")
    clock.advance(seconds=9)
    assert await exchange("first", "mine") == RefreshRefused(Refusal.LATE)
    assert await exchange("mine", "more") == UNKNOWN
    assert await exchange("second", "third") == Refreshed(session_id)


async def test_token_two_generations_old_ends_the_family_at_once(
    clock: Clock, home: Database
) -> None:
    session_id = await start()
    await exchange("first", "second")
    clock.advance(seconds=1)
    await exchange("second", "third")
    assert await exchange("second", "mine") == RefreshRefused(Refusal.LATE)
    assert await exchange("first", "mine") == RefreshRefused(Refusal.REUSED, session_id)
    assert await exchange("third", "fourth") == UNKNOWN
    assert (await events(home))[-2:] == ["token-reused", "refused"]


async def test_of_many_at_once_one_wins() -> None:
    session_id = await start()
    outcomes = await asyncio.gather(*(exchange("first", f"n{n}") for n in range(5)))
    assert outcomes.count(Refreshed(session_id)) == 1
    assert outcomes.count(RefreshRefused(Refusal.LATE)) == 4
    assert await find() is not None


async def test_session_that_ended_refreshes_no_more(clock: Clock) -> None:
    view = await open_session()
    first = refresh_tokens.start_family
    await perform(view.actor, first, view.session_id, hash_token("first"))
    await perform(view.actor, end_session, hash_token("token"))
    assert await exchange("first", "second") == UNKNOWN
    clock.advance(days=1)
    assert await exchange("first", "second") == UNKNOWN


async def test_idle_session_refreshes_no_more(clock: Clock) -> None:
    await start()
    clock.advance(days=14)
    assert await exchange("first", "second") == UNKNOWN


@pytest.mark.parametrize("token", ["", "guess", "x" * 1000])
async def test_unknown_token_is_nothing(token: str) -> None:
    await start()
    assert await exchange(token, "second") == UNKNOWN


async def test_session_of_somebody_else_gets_no_token(home: Database) -> None:
    view = await open_session()
    bob = await make_person(home, "bob@example.org")
    with pytest.raises(NotSignedIn):
        await perform(
            bob.actor, refresh_tokens.start_family, view.session_id, hash_token("x")
        )


async def test_any_token_of_the_family_ends_it(home: Database) -> None:
    session_id = await start()
    await exchange("first", "second")
    end = refresh_tokens.end_family
    done = await perform(ANONYMOUS, end, hash_token("first"))
    assert done.value == FamilyEnded(session_id)
    assert (await perform(ANONYMOUS, end, hash_token("first"))).value == UNKNOWN
    assert await exchange("second", "third") == UNKNOWN
    assert (await events(home))[-3:] == ["sign-out", "refused", "refused"]


async def test_tokens_of_sessions_that_are_over_are_swept() -> None:
    view = await open_session()
    first = refresh_tokens.start_family
    await perform(view.actor, first, view.session_id, hash_token("first"))
    assert await sweep_refresh_tokens() == 0
    await perform(view.actor, end_session, hash_token("token"))
    assert await sweep_refresh_tokens() == 1


async def test_token_itself_is_nowhere_in_the_database(home: Database) -> None:
    await start("a secret of 256 bits")
    rows = await Books(home, ANONYMOUS).rows(
        "SELECT r::text AS row FROM refresh_token r"
    )
    assert len(rows) == 1
    assert "secret" not in rows[0].row
