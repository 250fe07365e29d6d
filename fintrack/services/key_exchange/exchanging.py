"""The part of the exchange that lies in MainDB: all of it in one transaction."""

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Role
from fintrack.core.errors import Conflict
from fintrack.services import codes, database
from fintrack.services.commands import Work, command
from fintrack.services.factor import recovery
from fintrack.services.key_exchange.columns import encrypt_anew
from fintrack.services.key_exchange.treatments import SEALED
from fintrack.services.master_key import FOREIGN, UNFINISHED, MasterKey, find_marks
from fintrack.services.trail.former_keys import vouch

# How the connections of the exchange itself are called.
NAME = f"{database.NAME} change-key"

# A start reads this table first: it waits, and then finds another fingerprint.
_LOCK = text("LOCK TABLE installation IN ACCESS EXCLUSIVE MODE")
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name LIKE :ours AND application_name <> :own"
)
_KEEP = text(
    "INSERT INTO key_exchange (at, former_fingerprint, public_key, head_position, "
    "signature, recovery_key) VALUES (:at, :former_fingerprint, :public_key, "
    ":head_position, :signature, :recovery_key)"
)
_END_CODES = text("UPDATE code SET expires_at = :now WHERE expires_at > :now")
_END_LETTERS = text(
    "UPDATE letter SET expires_at = :now WHERE finished_at IS NULL "
    "AND kind LIKE :kind AND expires_at > :now"
)
_START_ANEW = text("DELETE FROM try_counter")
_TAKE = text("UPDATE installation SET master_key_fingerprint = :fingerprint")
_FINISH = text("UPDATE key_exchange SET finished_at = :now WHERE finished_at IS NULL")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """How many values were encrypted anew, by label; what could not be and ended."""

    sealed: dict[str, int]
    codes: int
    counters: int


@command(
    "installation.exchange_key",
    roles=frozenset({Role.SYSTEM}),
    final="the former key opens nothing any more",
)
async def exchange_key(work: Work, former: MasterKey, new: MasterKey) -> Exchanged:
    """Brings what MainDB keeps from one key to the other, and notes files to come.

    Raises:
        Conflict: FinTrack runs, the former key is not the one in use, or an exchange is
            not finished.
    """
    session = work.session
    await session.execute(_LOCK)
    await _check_alone(session)
    marks = await find_marks(work)
    if marks.former:
        raise Conflict(UNFINISHED)
    if marks.fingerprint != former.fingerprint:
        raise Conflict(FOREIGN)
    sealed = {
        one.label: await encrypt_anew(session, one, former, new) for one in SEALED
    }
    await _hand_on(work, former, new)
    kind = f"{codes.CODE_LETTER}%"
    await session.execute(_END_LETTERS, {"now": work.now, "kind": kind})
    ended = Exchanged(
        sealed,
        codes=await _count(session, _END_CODES, now=work.now),
        counters=await _count(session, _START_ANEW),
    )
    await session.execute(_TAKE, {"fingerprint": new.fingerprint})
    return ended


@command(
    "installation.finish_exchange",
    roles=frozenset({Role.SYSTEM}),
    final="the files have been sealed anew",
)
async def finish_exchange(work: Work) -> None:
    """Notes that nothing is under the former key any more."""
    await work.session.execute(_FINISH, {"now": work.now})


async def _check_alone(session: AsyncSession) -> None:
    names = {"ours": f"{database.NAME}%", "own": NAME}
    others = await session.scalar(_OTHERS, names)
    if others:
        raise Conflict(
            "FinTrack is running: it has {count} connections to the main database. "
            "Stop it everywhere and try again. Nothing was changed.",
            count=others,
        )


async def _hand_on(work: Work, former: MasterKey, new: MasterKey) -> None:
    async with database.current().log_reading() as log:
        voucher = await vouch(log, former, new, work.now)
    await work.session.execute(
        _KEEP,
        {
            "at": work.now,
            "former_fingerprint": former.fingerprint,
            "public_key": voucher.public_key,
            "head_position": voucher.head_position,
            "signature": voucher.signature,
            "recovery_key": recovery.hand_on(former, new),
        },
    )


async def _count(session: AsyncSession, statement: TextClause, **values: object) -> int:
    found = await session.execute(statement, values)
    return cast("CursorResult[Any]", found).rowcount
