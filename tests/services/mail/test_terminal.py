"""Printed mail; the contract it shares with SMTP is in test_transport.py."""

import io

from fintrack.services.mail.terminal import TerminalTransport
from fintrack.services.mail.transport import Fate
from tests.services.mail.test_transport import MAIL


async def test_closed_terminal_keeps_the_mail_waiting() -> None:
    stream = io.StringIO()
    stream.close()
    assert (await TerminalTransport(stream).send(MAIL)).fate is Fate.AWAY
