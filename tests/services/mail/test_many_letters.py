"""Many letters through a real server that refuses, defers and hangs up meanwhile.

``MAILS=10000`` in ``make soak``; a small count here.
"""

import os
from collections import Counter

from sqlalchemy import text

from fintrack.services.database import Database
from fintrack.services.mail import transport
from fintrack.services.mail.outbox import Letter
from fintrack.services.mail.sending import send_letters
from fintrack.services.mail.smtp import SmtpTransport, open_smtp
from fintrack.services.mail.transport import Mail, Outcome
from tests.conftest import Clock
from tests.services.mail.bag import Crash
from tests.services.mail.letters import outbox, queue
from tests.services.mail.post_office import PostOffice, opened

MAILS = int(os.environ.get("MAILS", "120"))
# Of each ten letters: one address is unknown, one is deferred twice, at one the server
# hangs up before the text and at one after it, and at one the process dies.
GONE, DEFERRED, EARLY, LATE, KILLED = range(5)
DEFERRALS = 2
NEXT = text("SELECT min(due_at) FROM letter WHERE finished_at IS NULL")


def address(number: int) -> str:
    return f"p{number}@example.org"


class Killed:
    """Hands mail to ``inner`` and is killed before it can say so, once for each."""

    def __init__(self, inner: SmtpTransport) -> None:
        self.inner = inner
        self.spared = {address(n) for n in range(MAILS) if n % 10 != KILLED}

    async def send(self, mail: Mail) -> Outcome:
        outcome = await self.inner.send(mail)
        if mail.to not in self.spared:
            self.spared.add(mail.to)
            raise Crash
        return outcome

    async def hang_up(self) -> None:
        await self.inner.hang_up()


def moody() -> PostOffice:
    office = PostOffice()
    for number in range(MAILS):
        to, kind = address(number), number % 10
        if kind == GONE:
            office.replies[to] = "550 No such person"
        elif kind == DEFERRED:
            office.replies[to] = ["450 Later"] * DEFERRALS
        elif kind == EARLY:
            office.replies[to] = [""]
        elif kind == LATE:
            office.answers[to] = [""]
    return office


async def run_to_the_end(home: Database, clock: Clock) -> None:
    """Runs the job as the timetable would, also after it was killed."""
    for _ in range(100 + MAILS):
        try:
            sent = await send_letters()
        except Crash:
            continue
        async with home.reading() as session:
            due = await session.scalar(NEXT)
        if due is None:
            return
        if not sent:
            clock.now = max(clock.now, due)
    raise AssertionError("it never ends")


async def test_no_letter_is_lost_and_none_comes_a_third_time(
    home: Database, clock: Clock
) -> None:
    letters = (
        Letter("account.welcome", address(number), "tr", {"name": f"Ada {number}"})
        for number in range(MAILS)
    )
    await queue(home, *letters)
    async with opened(moody()) as office:
        transport.install(Killed(open_smtp(office.server)))
        await run_to_the_end(home, clock)
    copies = Counter(envelope.rcpt_tos[0] for envelope in office.envelopes)
    expected = {GONE: 0, LATE: 2, KILLED: 2}
    assert {
        number: copies[address(number)]
        for number in range(MAILS)
        if copies[address(number)] != expected.get(number % 10, 1)
    } == {}
    states = Counter(row.state for row in await outbox(home))
    gone = len(range(0, MAILS, 10))
    assert states == {"sent": MAILS - gone, "failed": gone}
    references = {str(message["Message-ID"]) for message in office.taken}
    assert len(references) == MAILS - gone
