"""LogDB is lost: a new chain begins, says so, and has what MainDB still had."""

import pytest

from fintrack.core.actor import SYSTEM
from fintrack.core.errors import Conflict, NotAllowed
from fintrack.services import security_events
from fintrack.services.commands import ask
from fintrack.services.trail import shipping
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.starting_over import Loss
from fintrack.services.trail.verifying import Verdict, verify_trail
from tests.books import Books
from tests.conftest import Clock
from tests.services.trail.log_rows import Log

NO_HEADS, NO_ROWS = "DELETE FROM audit_head", "DELETE FROM audit_entry"


@pytest.fixture
async def chain(books: Books, log: Log) -> Log:
    """A signed chain of a change and an event."""
    await security_events.note_refusal(books.actor, "x", NotAllowed())
    assert await ship_trail() == 2
    await sign_head()
    return log


async def _verify() -> Verdict:
    return await ask(SYSTEM, verify_trail)


async def test_lost_log_gets_a_new_chain_that_says_so(
    books: Books, chain: Log, clock: Clock
) -> None:
    before = {(row.source, row.source_id): row.at for row in await chain.rows()}
    chain.tamper(NO_HEADS, NO_ROWS)
    assert (await _verify()).breach is not None, "nobody began it anew yet"
    await books.open("Cash")

    assert await ship_trail() == len(before) + 2
    await sign_head()
    rows = {(row.source, row.source_id): row.at for row in await chain.rows()}
    assert before.items() <= rows.items()
    told = [one for one in await chain.opened() if one.head["what"] == "trail-lost"]
    assert [one.images[0]["detail"]["rows"] for one in told] == ["2"]
    verdict = await _verify()
    (loss,) = verdict.losses
    assert verdict == Verdict(4, 1, None, (Loss(loss.id, clock(), 2),))
    assert await ship_trail() == 0


async def test_relay_that_dies_while_it_begins_anew_goes_on(
    chain: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: object) -> None:
        raise ZeroDivisionError

    chain.tamper(NO_HEADS, NO_ROWS)
    with monkeypatch.context() as patch:
        patch.setattr(shipping, "_append", die)
        with pytest.raises(ZeroDivisionError):
            await ship_trail()
    assert await ship_trail() == 3
    verdict = await _verify()
    assert (verdict.breach, len(verdict.losses)) == (None, 1)


@pytest.mark.parametrize(
    "taken", [(NO_ROWS,), (NO_HEADS, f"{NO_ROWS} WHERE position = 2")]
)
async def test_chain_of_which_something_is_left_is_not_begun_anew(
    books: Books, chain: Log, taken: tuple[str, ...]
) -> None:
    chain.tamper(*taken)
    await books.open("Cash")
    with pytest.raises(Conflict, match="not the one that was shipped"):
        await ship_trail()
    assert (await _verify()).losses == ()
