"""A letter is queued with what caused it, once, and never with a readable secret."""

import pytest
from sqlalchemy import text

from fintrack.core.errors import InvalidInput
from fintrack.jobs.schedule import TIMETABLE
from fintrack.services.database import Database
from fintrack.services.jobs import leadership
from fintrack.services.jobs.leadership import open_seat
from fintrack.services.mail.outbox import SEND, Letter, queue_letter
from fintrack.services.mail.sealing import unseal
from tests.services.mail.letters import outbox, queue, queue_code, queue_welcome


async def test_letter_goes_with_what_caused_it(home: Database) -> None:
    letter = Letter("account.welcome", "ada@example.org", "en", {"name": "Ada"})
    with pytest.raises(ZeroDivisionError):
        async with home.unit_of_work() as session:
            await queue_letter(session, letter, home.clock())
            raise ZeroDivisionError
    assert await outbox(home) == []


async def test_commit_of_a_letter_calls_for_the_job_that_sends(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "BEAT_SECONDS", 1)
    async with open_seat() as seat:
        assert await seat.take()
        await queue_welcome(home)
        assert await seat.wait() == {SEND}
    assert SEND in {job.name for job in TIMETABLE}


async def test_one_event_is_one_letter(home: Database) -> None:
    for code in ("111111", "222222"):
        await queue_code(home, code=code, once="code.register 7")
    (row,) = await outbox(home)
    assert unseal(row.sealed, row.reference) == {"code": "111111"}


async def test_events_without_a_name_are_all_told(home: Database) -> None:
    await queue_welcome(home)
    await queue_welcome(home)
    assert len(await outbox(home)) == 2


async def test_no_secret_can_be_read_in_the_database(home: Database) -> None:
    await queue_code(home, code="314159")
    async with home.reading() as session:
        row = await session.scalar(text("SELECT to_jsonb(l)::text FROM letter l"))
    assert "ada@example.org" in row
    assert "314159" not in row
    assert b"314159".hex() not in row


def test_a_secret_is_not_printed_with_its_letter() -> None:
    letter = Letter("code.reset", "a@b.c", "en", secrets={"code": "314159"})
    assert "314159" not in repr(letter)


@pytest.mark.parametrize(
    "values",
    [{}, {"name": "Ada", "more": "x"}, {"code": "1"}],
    ids=["missing", "too many", "another"],
)
async def test_values_of_another_kind_are_a_defect(
    home: Database, values: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"account\.welcome"):
        await queue(home, Letter("account.welcome", "a@b.c", "en", values))


async def test_unknown_kind_is_a_defect(home: Database) -> None:
    with pytest.raises(ValueError, match=r"no\.such"):
        await queue(home, Letter("no.such", "a@b.c", "en"))


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org\r\nBcc: all@example.org",
        "ada@example.org,bob@x.y",
        "a b@c.d",
        # Python 3.11 decodes this where it writes the header.
        "=?utf-8?b?eA0KQmNjOiBhbGxAZXhhbXBsZS5vcmc=?=@example.org",
    ],
)
async def test_address_that_carries_a_header_is_refused(
    home: Database, address: str
) -> None:
    with pytest.raises(InvalidInput):
        await queue_welcome(home, address)
