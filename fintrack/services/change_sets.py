"""Opens the change set of a unit of work and remembers the first result of a key."""

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 - of the pool
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor
from fintrack.core.errors import InvalidInput, KeyReused, Unavailable
from fintrack.services import database, faults

_log = logging.getLogger(__name__)
UNDO_DAYS = 30
# An undo that began in the last second of its time still finds all of its rows.
KEPT = timedelta(days=UNDO_DAYS, hours=1)
LOCK_WAIT = "5s"
KEY_LENGTH = 200
# Advisory locks of ledgers live in a space of their own beside the migrations' lock.
LEDGER_LOCKS = 0x46540000_00000000

_SETTINGS = text(
    "SELECT set_config('lock_timeout', :wait, true), "
    "set_config('application_name', :name, true)"
)
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND l.granted "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND (l.classid::bigint << 32) | l.objid::bigint = :lock"
)
_EARLIER = text(
    "SELECT id, input_hash, result FROM change_set WHERE person_id = :person_id "
    "AND command = :command AND idempotency_key = :key"
)
_OPEN = text(
    "WITH opened AS (INSERT INTO change_set (command, person_id, ledger_id, at, xid, "
    "idempotency_key, input_hash) VALUES (:command, :person_id, :ledger_id, :at, "
    "cast(cast(pg_current_xact_id() AS text) AS bigint), :key, :input_hash) "
    "RETURNING id) "
    "SELECT id, set_config('fintrack.change_set', id::text, true) FROM opened"
)
_KEEP_RESULT = text(
    "UPDATE change_set SET result = cast(:result AS jsonb) WHERE id = :id"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an idempotency key led to the first time."""

    change_id: int
    result: Any


async def lock_ledger(session: AsyncSession, ledger_id: int, command: str) -> None:
    """Waits for the ledger's turn; two commands on one ledger never overlap."""
    name = f"fintrack {command}"
    await session.execute(_SETTINGS, {"wait": LOCK_WAIT, "name": name})
    await session.execute(_LOCK, {"lock": LEDGER_LOCKS + ledger_id})


async def explain_fault(error: DBAPIError, actor: Actor) -> Exception:
    """What to raise for a fault of the database: ours explained, or itself."""
    if faults.sqlstate(error) == faults.LOCK_NOT_AVAILABLE and actor.ledger_id:
        # Where all who read are out too, nobody need be named.
        with suppress(DBAPIError, TimeoutError, Unavailable):
            async with database.current().reading() as session:
                await name_holder(session, actor.ledger_id)
    return faults.explain(error) or error


async def name_holder(session: AsyncSession, ledger_id: int) -> None:
    """Names the command that holds the ledger in the process log."""
    holder: str | None = await session.scalar(
        _HOLDER, {"lock": LEDGER_LOCKS + ledger_id}
    )
    if holder:
        _log.warning("%s holds ledger %s.", holder.removeprefix("fintrack "), ledger_id)


async def find_earlier(
    session: AsyncSession, actor: Actor, command: str, key: str, digest: bytes
) -> Earlier | None:
    """The change set this key made before, or None.

    Raises:
        InvalidInput: the key is empty, too long or not printable.
        KeyReused: the key came with another input.
    """
    row = await _find_row(session, actor, command, key)
    if row is None:
        return None
    if bytes(row.input_hash) != digest:
        raise KeyReused
    return Earlier(row.id, row.result)


async def is_known(session: AsyncSession, actor: Actor, command: str, key: str) -> bool:
    """Whether this key made a change set before, of whatever input.

    Raises:
        InvalidInput: as ``find_earlier``.
    """
    return await _find_row(session, actor, command, key) is not None


async def _find_row(
    session: AsyncSession, actor: Actor, command: str, key: str
) -> Row[Any] | None:
    if not (0 < len(key) <= KEY_LENGTH and key.isprintable()):
        raise InvalidInput("The request key is empty or too long.")
    asked = {"person_id": actor.person_id, "command": command, "key": key}
    return (await session.execute(_EARLIER, asked)).one_or_none()


async def open_change_set(
    session: AsyncSession,
    actor: Actor,
    command: str,
    at: datetime,
    key: str | None,
    digest: bytes | None,
) -> int:
    """Opens the change set that the database demands for every write; its id."""
    opened = await session.execute(
        _OPEN,
        {
            "command": command,
            "person_id": actor.person_id,
            "ledger_id": actor.ledger_id,
            "at": at,
            "key": key,
            "input_hash": digest,
        },
    )
    return int(opened.one().id)


async def keep_result(session: AsyncSession, change_id: int, result: object) -> None:
    """Keeps what the command gave, for the same key coming again."""
    await session.execute(
        _KEEP_RESULT,
        {"id": change_id, "result": json.dumps(to_jsonable_python(result))},
    )


def digest_input(arguments: tuple[object, ...]) -> bytes:
    """SHA-256 over the canonical JSON of a command's input."""
    canonical = json.dumps(to_jsonable_python(arguments), sort_keys=True)
    return hashlib.sha256(canonical.encode()).digest()


def revive(verb: Callable[..., Awaitable[Any]], earlier: Earlier) -> Any:
    """A kept result as the value that the verb returned."""
    return _adapter(verb).validate_python(earlier.result)


@cache
def _adapter(verb: Callable[..., Awaitable[Any]]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(verb)["return"])
