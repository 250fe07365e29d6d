"""A verification from the page stands in the trail, however it ends."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from admin.state import trail as page
from admin.state.trail import VerifyingState
from fintrack.services.commands import ask, perform
from fintrack.services.staff.reading import note_verification
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from tests.admin.test_trail import as_admin
from tests.books import Books
from tests.services.trail.log_rows import Log
from tests.state.conftest import Tab, tab

__all__ = ["tab"]
Verify = Callable[[], Awaitable[object]]


@pytest.fixture(autouse=True)
async def shipped(admin: Books, tab: Tab) -> None:
    await ship_trail()
    await as_admin(admin, tab)


async def _told(admin: Books) -> list[str]:
    rows = await admin.rows(
        "SELECT kind FROM security_event WHERE kind LIKE 'trail-verif%' ORDER BY id"
    )
    return [row.kind for row in rows]


def _in_place_of_the_walk(monkeypatch: pytest.MonkeyPatch, verify: Verify) -> None:
    async def asking(actor: Any, verb: Any, *more: Any) -> object:
        if verb is verify_trail:
            return await verify()
        return await ask(actor, verb, *more)

    monkeypatch.setattr(page, "ask", asking)


async def test_verification_that_somebody_stopped_stands_in_the_trail(
    admin: Books, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stop() -> None:
        await tab.send(VerifyingState.stop)
        await asyncio.Event().wait()

    monkeypatch.setattr(page, "LOOK_SECONDS", 0)
    _in_place_of_the_walk(monkeypatch, stop)
    await tab.send(VerifyingState.verify)
    assert "The verification was stopped" in tab.shown
    assert await _told(admin) == ["trail-verification-begun"]


async def test_verification_that_failed_stands_in_the_trail(
    admin: Books, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail() -> None:
        raise OSError

    _in_place_of_the_walk(monkeypatch, fail)
    await tab.send(VerifyingState.verify)
    assert "could not be read to its end" in tab.shown
    assert await _told(admin) == ["trail-verification-begun"]


async def test_breach_is_shown_also_where_it_cannot_be_noted(
    admin: Books, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def performing(actor: Any, verb: Any, *given: Any) -> object:
        if verb is note_verification:
            raise OSError
        return await perform(actor, verb, *given)

    monkeypatch.setattr(page, "perform", performing)
    Log(admin.home).tamper("UPDATE audit_entry SET payload = '{}' WHERE position = 1")
    await tab.send(VerifyingState.verify)
    assert "Row 1 was changed." in tab.shown
    assert "could not be noted in the trail" in tab.shown
    assert "read to its end" not in tab.shown
    assert await _told(admin) == ["trail-verification-begun"]
