"""With a server mail goes there, without one to the terminal."""

import io

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services.mail.choosing import choose_transport
from fintrack.services.mail.smtp import SmtpTransport
from fintrack.services.mail.terminal import TerminalTransport


def test_nothing_configured_prints() -> None:
    assert isinstance(choose_transport("", "", io.StringIO()), TerminalTransport)


def test_a_server_gets_the_mail_and_the_terminal_nothing() -> None:
    chosen = choose_transport("smtps://mail.example.org", "a@b.c", io.StringIO())
    assert isinstance(chosen, SmtpTransport)


def test_a_server_without_a_sender_stops_the_start() -> None:
    with pytest.raises(InvalidInput, match="FINTRACK_SMTP_FROM"):
        choose_transport("smtps://mail.example.org", "", io.StringIO())
