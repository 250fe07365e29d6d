"""Who owns both databases can forge a chain, but not the head that a backup kept."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.core.audit_chain import Shipment, Tip, link
from fintrack.services.backups import freezing
from fintrack.services.commands import ask
from fintrack.services.database import Database
from fintrack.services.trail.heads import SignedHead, find_newest
from fintrack.services.trail.verifying import verify_trail
from tests.services.backups.house import House
from tests.services.trail.log_rows import Log


async def forge(house: House) -> None:
    """Rewrites the last row, its hash and MainDB's mark, and removes all heads."""
    log = Log(house.home)
    *_, before, last = await log.rows()
    forged = Shipment(last.source, last.source_id, last.at, b"forged")
    tip = link(Tip(before.position, bytes(before.hash)), forged)
    rewrite = f"payload = 'forged', hash = '\\x{tip.hash.hex()}'"
    row = f"WHERE position = {tip.position}"
    log.tamper("DELETE FROM audit_head", f"UPDATE audit_entry SET {rewrite} {row}")  # noqa: S608 - tests only
    async with house.home.unit_of_work() as main:
        values = {"hash": tip.hash}
        await main.execute(text("UPDATE trail_relay SET hash = :hash"), values)
    assert (await ask(SYSTEM, verify_trail)).breach is None


async def newest(house: House) -> SignedHead:
    async with house.home.log_reading() as log:
        found = await find_newest(log)
    assert found
    return found


@pytest.fixture
async def kept(house: House) -> SignedHead:
    """The head before anything was forged."""
    return await newest(house)


async def test_forged_trail_is_found_by_the_head_of_the_manifest(
    house: House, empty: Database, kept: SignedHead, monkeypatch: pytest.MonkeyPatch
) -> None:
    await forge(house)

    async def find_kept(_: object) -> SignedHead:
        return kept

    monkeypatch.setattr(freezing, "find_newest", find_kept)
    await house.back_up()
    proof = await house.restore(empty)
    assert not proof.is_sound
    assert proof.verdict.breach
    assert proof.verdict.breach.position == kept.position
    assert "not the one that was signed" in proof.verdict.breach.problem.message


async def test_chain_that_was_cut_off_is_found_by_the_kept_head(
    house: House, kept: SignedHead
) -> None:
    Log(house.home).tamper("DELETE FROM audit_head", "DELETE FROM audit_entry")
    async with house.home.unit_of_work() as main:
        await main.execute(text("DELETE FROM trail_relay"))
        for table in ("change_set", "security_event"):
            await main.execute(text(f"UPDATE {table} SET shipped_at = NULL"))  # noqa: S608 - constants only
    assert (await ask(SYSTEM, verify_trail)).breach is None
    found = await ask(SYSTEM, verify_trail, kept=(kept,))
    assert found.breach
    assert found.breach.position == 1


async def test_head_that_somebody_else_signed_is_found(
    house: House, kept: SignedHead
) -> None:
    assert house
    forged = replace(kept, signature=bytes(64))
    found = await ask(SYSTEM, verify_trail, kept=(forged,))
    assert found.breach
    assert "not signed by this installation" in found.breach.problem.message
    assert (await ask(SYSTEM, verify_trail, kept=(kept,))).breach is None
