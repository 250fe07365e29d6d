"""An exchange runs to its end, and a second one beside it is refused."""

import errno
import os

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.core.errors import Conflict, Unavailable
from fintrack.services import master_key
from fintrack.services.commands import ask
from fintrack.services.key_exchange.exchanging import NAME
from fintrack.services.key_exchange.running import KEY_LOCK, change_key
from fintrack.services.master_key import MasterKey, secure_start
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from tests.services.key_exchange.household import Household, as_command, check_all
from tests.services.trail.log_rows import Log


async def test_everything_is_as_promised_and_one_key_file_is_left(
    house: Household,
) -> None:
    before = house.key
    report = await house.change()
    assert house.key != before
    assert report.database
    assert report.files
    assert report.files.files == len(house.files)
    assert [p.name for p in house.folder.glob("*key*")] == [master_key.FILE_NAME]
    await check_all(house)


async def test_chain_of_before_and_after_is_proved_and_tampering_is_found(
    house: Household,
) -> None:
    await house.change()
    await ship_trail()
    await sign_head()
    verdict = await ask(SYSTEM, verify_trail)
    assert (verdict.heads, verdict.breach) == (2, None)
    Log(house.home).tamper(
        "UPDATE audit_head SET signature = (SELECT signature FROM audit_head "
        "ORDER BY id DESC LIMIT 1) WHERE id = 1"
    )
    breach = (await ask(SYSTEM, verify_trail)).breach
    assert breach
    assert "not signed by this installation" in breach.problem.message


async def test_two_exchanges_at_once_are_refused(house: Household) -> None:
    async with as_command(house.home) as own, own.lone_connection(NAME) as other:
        await other.execute(text(f"SELECT pg_advisory_lock({KEY_LOCK})"))
        with pytest.raises(Conflict, match="by another process"):
            await change_key(house.place())


async def test_key_of_the_environment_is_exchanged_for_the_one_given(
    house: Household,
) -> None:
    new = MasterKey(b"n" * 32)
    place = house.place(house.key.recovery_text, new.recovery_text)
    async with as_command(house.home):
        assert (await change_key(place)).database
        again = await change_key(place)
        assert (again.database, again.files) == (None, None)
    start = {"folder": house.folder, "external": True}
    assert await secure_start(given=new.recovery_text, **start) == new


async def test_full_disk_is_told_and_the_next_run_ends_it(
    house: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    calls = iter(range(100))

    def full(descriptor: int) -> None:
        # The first two are those of the new key's file and of its folder.
        if next(calls) >= 2:
            raise OSError(errno.ENOSPC, "no space")
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(
            Unavailable, match=r"not every file: The disk is full.*again"
        ):
            await house.change()
    with pytest.raises(Conflict, match="not finished"):
        await secure_start(given="", folder=house.folder, external=False)
    await house.change()
    await check_all(house)
