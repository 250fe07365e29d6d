"""A letter and a code are for a flow that goes on; anything else leaves nothing."""

import pytest

from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import NotFound, TooManyTries
from fintrack.services.codes import CodeRefused, GivenCode, Reason
from fintrack.services.database import Database
from fintrack.services.flows import ask_again, bring_back
from fintrack.services.password_reset import prove_reset
from tests.books import Books
from tests.conftest import Clock
from tests.services.mailed import letters, register
from tests.services.people import ADDRESS, set_up

ROWS = "SELECT (SELECT count(*) FROM security_event), (SELECT count(*) FROM change_set)"


async def _rows(home: Database) -> list[int]:
    (found,) = await Books(home, ANONYMOUS).rows(ROWS)
    return list(found)


async def test_living_flow_gets_another_letter(home: Database, clock: Clock) -> None:
    await set_up()
    flow = await register()
    with pytest.raises(TooManyTries):
        await ask_again(ANONYMOUS, flow.token, ADDRESS)
    clock.advance(minutes=59)
    assert (await ask_again(ANONYMOUS, flow.token, ADDRESS)).token == flow.token
    assert len(await letters(home)) == 2


async def test_flow_that_took_too_long_or_never_was_leaves_nothing(
    home: Database, clock: Clock
) -> None:
    await set_up()
    flow = await register()
    clock.advance(hours=1)
    before = await _rows(home)
    for token in (flow.token, "nonsense", "x" * 1000):
        with pytest.raises(NotFound, match="This has taken too long"):
            await ask_again(ANONYMOUS, token, ADDRESS)
        given = GivenCode(token, "ABCDEFGH2345")
        dead = await bring_back(ANONYMOUS, prove_reset, given, ADDRESS)
        assert dead == CodeRefused(Reason.DEAD)
    assert await _rows(home) == before
