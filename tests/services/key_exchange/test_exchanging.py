"""MainDB changes its key in one transaction, while nobody else is connected."""

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.core.errors import Conflict
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.key_exchange import exchanging
from fintrack.services.key_exchange.exchanging import exchange_key, finish_exchange
from fintrack.services.master_key import MasterKey, find_marks, secure_start
from tests.services.key_exchange.household import Household, as_command
from tests.services.mail.letters import outbox

NEW = MasterKey(b"n" * 32)


async def test_all_of_it_is_told_and_waits_for_the_files(house: Household) -> None:
    counters = await house.count("try_counter")
    async with as_command(house.home):
        done = (await perform(SYSTEM, exchange_key, house.key, NEW)).value
        marks = await ask(SYSTEM, find_marks)
        assert done.sealed["totp"] == 1
        assert done.sealed["mail parameters"] == 1
        assert done.sealed["trail keys"] > 1
        assert (done.codes, done.counters) == (1, counters)
        assert (marks.fingerprint, marks.former) == (
            NEW.fingerprint,
            house.key.fingerprint,
        )
        with pytest.raises(Conflict, match="not finished"):
            await secure_start(
                given=NEW.recovery_text, folder=house.folder, external=True
            )
        await perform(SYSTEM, finish_exchange)
        assert (await ask(SYSTEM, find_marks)).former == ""


async def test_letter_with_an_ended_code_is_not_sent(house: Household) -> None:
    async with as_command(house.home):
        await perform(SYSTEM, exchange_key, house.key, NEW)
    (letter,) = [row for row in await outbox(house.home) if row.kind == "code.register"]
    assert letter.expires_at == house.clock()


async def test_running_application_is_told(house: Household) -> None:
    before = await _secrets(house.home)
    async with as_command(house.home), house.home.main.connect():
        with pytest.raises(Conflict, match="FinTrack is running: it has 1 conn"):
            await perform(SYSTEM, exchange_key, house.key, NEW)
    assert await _secrets(house.home) == before


async def test_another_key_changes_nothing(house: Household) -> None:
    before = await _secrets(house.home)
    async with as_command(house.home):
        with pytest.raises(Conflict, match="does not belong"):
            await perform(SYSTEM, exchange_key, NEW, house.key)
    assert await _secrets(house.home) == before


async def test_failure_at_the_end_takes_all_of_it_back(
    house: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError

    before = await _secrets(house.home)
    monkeypatch.setattr(exchanging, "_hand_on", fail)
    async with as_command(house.home):
        with pytest.raises(RuntimeError):
            await perform(SYSTEM, exchange_key, house.key, NEW)
    assert await _secrets(house.home) == before


async def _secrets(home: Database) -> list[tuple[object, ...]]:
    query = text(
        "SELECT secret FROM second_factor UNION ALL SELECT sealed FROM letter "
        "UNION ALL SELECT wrapped FROM trail_key "
        "UNION ALL SELECT convert_to(master_key_fingerprint, 'UTF8') FROM installation"
    )
    async with home.reading() as session:
        return [tuple(row) for row in await session.execute(query)]
