"""The chain is proved, or its first bad row is named."""

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.core.errors import NotAllowed
from fintrack.services import master_key, security_events
from fintrack.services.commands import ask
from fintrack.services.master_key import MasterKey
from fintrack.services.trail import shipping, verifying
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import Breach, verify_trail
from tests.books import Books
from tests.services.trail.log_rows import Log

ROWS = 10
# What a row's hash would be, computed by whoever rewrites it in LogDB itself.
REHASH = (
    "UPDATE audit_entry SET hash = sha256(int8send(position) || int8send(source_id) || "
    "timestamptz_send(at) || previous_hash || "
    "convert_to(source, 'UTF8') || '\\x00' || payload) WHERE position = {row}"
)
RECHAIN = (
    "UPDATE audit_entry e SET previous_hash = p.hash FROM audit_entry p "
    "WHERE p.position = e.position - 1 AND e.position = {row}"
)


@pytest.fixture
async def chain(books: Books, log: Log) -> Log:
    """Ten rows that are shipped."""
    for n in range(ROWS - 1):
        await security_events.note_refusal(books.actor, f"x{n}", NotAllowed())
    assert await ship_trail() == ROWS
    return log


async def _breach() -> Breach | None:
    return (await ask(SYSTEM, verify_trail)).breach


async def _said() -> tuple[int, str]:
    breach = await _breach()
    assert breach is not None
    return breach.position, breach.problem.message


async def test_whole_chain_is_proved(chain: Log) -> None:
    assert chain
    await sign_head()
    verdict = await ask(SYSTEM, verify_trail)
    assert (verdict.rows, verdict.heads, verdict.breach) == (ROWS, 1, None)


async def test_empty_chain_is_proved(books: Books) -> None:
    assert books
    assert await _breach() is None


@pytest.mark.parametrize(
    "column",
    [
        "source = 'change_set'",
        "source_id = 99",
        "at = at + interval '1 microsecond'",
        "payload = payload || '\\x20'",
        "hash = sha256(hash)",
    ],
)
async def test_edited_row_is_named(chain: Log, column: str) -> None:
    """I22: whatever of it was edited."""
    chain.tamper(f"UPDATE audit_entry SET {column} WHERE position = 4")  # noqa: S608 - constants only
    assert await _said() == (4, "Row {row} was changed.")


async def test_edited_row_with_a_fitting_hash_is_named(chain: Log) -> None:
    edit = "UPDATE audit_entry SET payload = '{{}}' WHERE position = 4"
    chain.tamper(edit, REHASH.format(row=4))
    assert await _said() == (
        4,
        "Row {row} was rewritten: the next one remembers another.",
    )


async def test_removed_row_is_named(chain: Log) -> None:
    """I22: in the middle, and at the beginning."""
    chain.tamper("DELETE FROM audit_entry WHERE position = 6")
    assert await _said() == (6, "Row {row} is missing.")
    chain.tamper("DELETE FROM audit_entry WHERE position = 1")
    assert await _said() == (1, "Row {row} is missing.")


async def test_gap_that_was_closed_is_named(chain: Log) -> None:
    close = [
        f"UPDATE audit_entry SET position = {n - 1} WHERE position = {n}"  # noqa: S608 - constants only
        for n in range(7, ROWS + 1)
    ]
    chain.tamper("DELETE FROM audit_entry WHERE position = 6", *close)
    assert await _said() == (6, "Row {row} stands in the place of another.")


async def test_swapped_rows_are_named(chain: Log) -> None:
    """I22: reordered."""
    chain.tamper(
        "UPDATE audit_entry SET position = -1 WHERE position = 3",
        "UPDATE audit_entry SET position = 3 WHERE position = 4",
        "UPDATE audit_entry SET position = 4 WHERE position = -1",
    )
    assert await _said() == (3, "Row {row} stands in the place of another.")


@pytest.mark.parametrize("is_signed", [True, False])
async def test_cut_tail_is_found(chain: Log, *, is_signed: bool) -> None:
    """I22: the signed head remembers it, and so do MainDB's marks."""
    if is_signed:
        await sign_head()
    chain.tamper("DELETE FROM audit_entry WHERE position > 7")
    breach = await _breach()
    assert breach is not None
    assert breach.position == 8
    assert dict(breach.problem.values) == {"row": "8", "last": str(ROWS)}


async def test_cut_tail_is_found_by_the_head_alone(chain: Log, books: Books) -> None:
    await sign_head()
    chain.tamper("DELETE FROM audit_entry WHERE position > 7")
    async with books.home.unit_of_work() as session:
        await session.execute(text("DELETE FROM trail_relay"))
    assert (await _said())[0] == 8


@pytest.mark.parametrize("is_signed", [True, False])
async def test_chain_that_was_rewritten_to_its_end_is_found(
    chain: Log, *, is_signed: bool
) -> None:
    """Every hash fits again, but not the head and not MainDB's mark."""
    if is_signed:
        await sign_head()
    rewrite = [
        part.format(row=n)
        for n in range(4, ROWS + 1)
        for part in ([RECHAIN, REHASH] if n > 4 else [REHASH])
    ]
    chain.tamper("UPDATE audit_entry SET payload = '{}' WHERE position = 4", *rewrite)
    position, sentence = await _said()
    assert position == ROWS
    assert ("signed" if is_signed else "shipped") in sentence


async def test_head_signed_by_somebody_else_is_found(chain: Log) -> None:
    assert chain
    master_key.install(MasterKey(b"x" * 32))
    await sign_head()
    master_key.install(MasterKey(bytes(32)))
    assert await _said() == (
        ROWS,
        "The head at row {row} is not signed by this installation.",
    )


async def test_change_marked_but_never_shipped_is_found(
    chain: Log, books: Books
) -> None:
    assert chain
    await books.open("Hidden")
    async with books.home.unit_of_work() as session:
        await session.execute(
            text("UPDATE change_set SET shipped_at = now() WHERE shipped_at IS NULL")
        )
    position, sentence = await _said()
    assert position == 0
    assert "is marked as shipped" in sentence


async def test_row_that_was_never_shipped_is_found(chain: Log, books: Books) -> None:
    """Somebody adds a fitting row before the relay comes again."""
    chain.tamper(
        "INSERT INTO audit_entry SELECT 11, source, 999, at, payload, hash, hash "
        "FROM audit_entry WHERE position = 10",
        REHASH.format(row=11),
    )
    assert await _breach() is None
    await books.open("Next")
    await ship_trail()
    position, sentence = await _said()
    assert position == 0
    assert "was never shipped" in sentence


async def test_rows_a_dead_relay_appended_are_no_breach(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: object) -> None:
        raise ZeroDivisionError

    await ship_trail()
    await books.open("Cash")
    with monkeypatch.context() as patch:
        patch.setattr(shipping, "_mark", die)
        with pytest.raises(ZeroDivisionError):
            await ship_trail()
    assert await _breach() is None


async def test_long_payload_is_read_in_pieces(
    chain: Log, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "PIECE_BYTES", 7)
    monkeypatch.setattr(
        verifying, "_ROWS", verifying._ROWS.replace(str(verifying.SHORT_BYTES), "20")
    )
    await books.open("Cash")
    await ship_trail()
    assert await _breach() is None
    chain.tamper(
        "UPDATE audit_entry SET payload = payload || '\\x20' WHERE position = 3"
    )
    assert await _said() == (3, "Row {row} was changed.")


async def test_person_may_not_verify(books: Books) -> None:
    with pytest.raises(NotAllowed):
        await ask(books.actor, verify_trail)
