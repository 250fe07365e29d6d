"""The event loop while passwords are hashed."""

import asyncio

from bench.table import print_table
from bench.test_import import Watch
from fintrack.services import passwords

MAX_BLOCKED_MS = 50
AT_ONCE = 40
IDLE_SECONDS = 2


async def test_the_loop_goes_on_while_passwords_are_hashed() -> None:
    stored = await passwords.hash_password("correct horse battery staple")
    async with Watch() as idle:
        await asyncio.sleep(IDLE_SECONDS)
    async with Watch() as hashing:
        verdicts = await asyncio.gather(
            *(passwords.verify(f"wrong password {n}", stored) for n in range(AT_ONCE))
        )
    print_table(
        f"{AT_ONCE} passwords at once",
        [
            ("loop blocked (at most 50 ms)", f"{hashing.blocked_ms:.1f} ms"),
            ("loop late with nothing to do", f"{idle.blocked_ms:.1f} ms"),
        ],
    )
    assert not any(verdict.right for verdict in verdicts)
    # A busy machine wakes even an idle loop late; that is not the hashing's doing.
    assert hashing.blocked_ms <= MAX_BLOCKED_MS + idle.blocked_ms
