"""Passwords are kept as argon2id and compared in threads."""

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from passlib.handlers.argon2 import argon2

from fintrack.core.errors import Busy
from fintrack.services import passwords

GOOD = "vier nasse Hunde am Kai"
REAL, DUMMY = passwords._argon2id, passwords._DUMMY
# A new process, in which two threads come to passlib's stub before either has left it.
FIRST_TWO = """
import asyncio
from threading import Barrier, Lock
from passlib.handlers.argon2 import argon2
from fintrack.services import passwords

load, both, one = argon2._stub_requires_backend, Barrier(2, timeout=20), Lock()

def stub():
    both.wait()
    with one:
        load()

argon2._stub_requires_backend = stub

async def main():
    with passwords.take_turn() as a, passwords.take_turn() as b:
        await asyncio.gather(a.verify("a", ""), b.verify("b", ""))

asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def real_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests make cheap."""
    monkeypatch.setattr(passwords, "_argon2id", REAL)
    monkeypatch.setattr(passwords, "_DUMMY", DUMMY)


async def verify(password: str, stored: str) -> passwords.Verdict:
    with passwords.take_turn() as turn:
        return await turn.verify(password, stored)


async def test_hash_is_argon2id_with_46_mib_and_verifies() -> None:
    stored = await passwords.hash_password(GOOD)
    assert stored.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert await verify(GOOD, stored) == passwords.Verdict(right=True)
    assert not (await verify(GOOD + "x", stored)).right


async def test_each_letter_and_its_case_counts_to_the_end() -> None:
    long = "Vier nasse Hunde am Kai, und noch einer " * 3
    stored = await passwords.hash_password(long)
    assert (await verify(long, stored)).right
    for other in (long.swapcase(), long[:-1], long + " ", " " + long, long.strip()):
        assert not (await verify(other, stored)).right


async def test_unknown_person_is_refused_after_the_same_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    real = passwords._argon2id.verify

    def watched(plain: str, stored: str) -> bool:
        done.append(stored)
        return bool(real(plain, stored))

    monkeypatch.setattr(passwords._argon2id, "verify", watched)
    assert await verify("aaaa", "") == passwords.Verdict(right=False)
    assert done == [passwords._DUMMY]


async def test_weak_hash_is_replaced_after_a_right_password() -> None:
    weak: Any = argon2.using(type="ID", memory_cost=1024, time_cost=1, parallelism=1)
    verdict = await verify(GOOD, weak.hash(GOOD))
    assert verdict.right
    assert verdict.new_hash.startswith("$argon2id$v=19$m=47104")
    assert (await verify("wrong", weak.hash(GOOD))).new_hash == ""


async def test_more_than_enough_passwords_at_once_are_told_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "MAX_WAITING", 2)
    answers = await asyncio.gather(
        *(verify(GOOD, "") for _ in range(4)), return_exceptions=True
    )
    assert sum(isinstance(a, Busy) for a in answers) == 2
    assert passwords._Threads.waiting == 0


async def test_weak_hash_is_replaced_also_where_all_places_are_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The place is held to the end: a right password is never told to wait."""
    monkeypatch.setattr(passwords, "MAX_WAITING", 1)
    weak: Any = argon2.using(type="ID", memory_cost=1024, time_cost=1, parallelism=1)
    assert (await verify(GOOD, weak.hash(GOOD))).new_hash
    with passwords.take_turn(), pytest.raises(Busy):
        await passwords.hash_password(GOOD)
    assert passwords._Threads.waiting == 0


def test_first_two_passwords_of_a_process_are_verified_at_once() -> None:
    command = [sys.executable, "-c", FIRST_TWO]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program, no shell
    assert ended.returncode == 0, ended.stderr
