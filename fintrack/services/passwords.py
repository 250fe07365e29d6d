"""Hashes and verifies passwords: argon2id, in two threads, never on the loop."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from passlib.handlers.argon2 import argon2

from fintrack.core.errors import Busy
from fintrack.core.password_rules import normalise

# Now and not at the first use: where two threads come first, passlib refuses one.
argon2.set_backend()
# OWASP's first choice: 46 MiB, one pass; about 50 ms.
_argon2id: Any = argon2.using(
    type="ID", memory_cost=46 * 1024, time_cost=1, parallelism=1, salt_size=16
)
T = TypeVar("T")
THREADS = 2
MAX_WAITING = 64
# Verified in place of a password that does not exist, so that the answer takes as
# long for an unknown e-mail as for a known one. It is the hash of nothing anyone knows.
_DUMMY = (
    "$argon2id$v=19$m=47104,t=1,p=1$htC69z5HaI3xPicEYEyp9Q"
    "$bg9VX4dh53nKMLfKKWeo+TzEd+He4LfMg8Bu+yqveVQ"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the password was right; a new hash when the old one has become weak."""

    right: bool
    new_hash: str = ""


class _Threads:
    """Made at the first use: the process that imports this may still fork."""

    pool: ThreadPoolExecutor | None = None
    waiting: int = 0


class Turn:
    """A place among those whose passwords are verified; ``take_turn`` gives one."""

    async def verify(self, password: str, stored: str) -> Verdict:
        """Compares with the stored hash; an empty one means there is no such person."""
        plain = normalise(password)
        right = await _in_thread(_argon2id.verify, plain, stored or _DUMMY)
        if not (right and stored):
            return Verdict(right=False)
        if _argon2id.needs_update(stored):
            return Verdict(right=True, new_hash=await _hash(password))
        return Verdict(right=True)


@contextmanager
def take_turn() -> Iterator[Turn]:
    """Holds a place from before a try is counted: none that is counted is not judged.

    Raises:
        Busy: too many passwords are being verified at the moment.
    """
    if _Threads.waiting >= MAX_WAITING:
        raise Busy("Too many people sign in at the moment. Please try again.")
    _Threads.waiting += 1
    try:
        yield Turn()
    finally:
        _Threads.waiting -= 1


async def hash_password(password: str) -> str:
    """The hash to keep of a password that ``check_password`` has passed.

    Raises:
        Busy: as ``take_turn`` does.
    """
    with take_turn():
        return await _hash(password)


async def _hash(password: str) -> str:
    return str(await _in_thread(_argon2id.hash, normalise(password)))


async def _in_thread(work: Callable[..., T], *arguments: str) -> T:
    if _Threads.pool is None:
        _Threads.pool = ThreadPoolExecutor(THREADS, "passwords")
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_Threads.pool, work, *arguments)
