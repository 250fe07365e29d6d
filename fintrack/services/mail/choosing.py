"""Which transport the settings ask for."""

from typing import TextIO

from fintrack.services.mail.smtp import open_smtp
from fintrack.services.mail.smtp_server import read_smtp_server
from fintrack.services.mail.terminal import TerminalTransport
from fintrack.services.mail.transport import Transport


def choose_transport(url: str, sender: str, stream: TextIO) -> Transport:
    """SMTP to ``url``; where none is given, ``stream`` gets the mail with its secrets.

    Nothing is opened before the first mail.

    Raises:
        InvalidInput: the URL or the sender cannot be used.
    """
    if url:
        return open_smtp(read_smtp_server(url, sender))
    return TerminalTransport(stream)
