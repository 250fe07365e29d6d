"""The directory remembers for seconds, and forgets within five."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fintrack.services import session_directory
from fintrack.services.commands import ask, perform
from fintrack.services.people import configure, find_settings
from fintrack.services.session_directory import REMEMBERED, SessionDirectory
from fintrack.services.sessions import end_session, hash_token
from tests.conftest import Clock
from tests.services.test_sessions import open_session

pytestmark = pytest.mark.usefixtures("home")


async def test_ended_session_is_refused_within_five_seconds(clock: Clock) -> None:
    view = await open_session()
    directory = SessionDirectory()
    assert await directory.find("token") == view
    await perform(view.actor, end_session, hash_token("token"))
    clock.advance(seconds=3)
    assert await directory.find("token") == view
    clock.advance(seconds=1)
    assert await directory.find("token") is None
    assert timedelta(seconds=5) > REMEMBERED


async def test_own_sign_out_is_seen_at_once() -> None:
    view = await open_session()
    directory = SessionDirectory()
    await directory.find("token")
    await perform(view.actor, end_session, hash_token("token"))
    directory.forget(hash_token("token"))
    assert await directory.find("token") is None


async def test_person_who_changed_is_asked_for_again_everywhere() -> None:
    view = await open_session()
    directory = SessionDirectory()
    assert await directory.find("token") == view
    settings = await ask(view.actor, find_settings)
    await perform(view.actor, configure, replace(settings, language="tr"))
    directory.forget_person(view.person_id + 1)
    assert await directory.find("token") == view
    directory.forget_person(view.person_id)
    found = await directory.find("token")
    assert found is not None
    assert found.language == "tr"


async def test_unknown_and_empty_cookies_take_no_memory() -> None:
    directory = SessionDirectory()
    for token in ("", "guess", "a" * 1000):
        assert await directory.find(token) is None
    assert not directory._entries


async def test_directory_keeps_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_directory, "CAPACITY", 0)
    await open_session()
    directory = SessionDirectory()
    assert await directory.find("token") is not None
    assert not directory._entries


async def test_session_is_found_by_its_id_and_forgotten_within_five_seconds(
    clock: Clock,
) -> None:
    view = await open_session()
    directory = SessionDirectory()
    assert await directory.find_by_id(view.session_id) == view
    await perform(view.actor, end_session, hash_token("token"))
    assert await directory.find_by_id(view.session_id) == view
    clock.advance(seconds=4)
    assert await directory.find_by_id(view.session_id) is None


async def test_session_ended_here_is_refused_by_its_id_at_once() -> None:
    view = await open_session()
    directory = SessionDirectory()
    await directory.find_by_id(view.session_id)
    await perform(view.actor, end_session, hash_token("token"))
    directory.forget(view.session_id)
    assert await directory.find_by_id(view.session_id) is None
