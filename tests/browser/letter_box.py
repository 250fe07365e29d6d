"""A real SMTP server on loopback, in a thread of its own, for tests in a browser."""

import contextlib
import queue
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SECONDS = 90
CODE = re.compile(r"^\s*(\d{6}|[A-Z2-9]{4}(?:-[A-Z2-9]{4}){2})\s*$", re.MULTILINE)


@dataclass
class LetterBox:
    """What came, in its order."""

    port: int
    letters: "queue.Queue[EmailMessage]" = field(default_factory=queue.Queue)
    taken: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        del server
        content = cast("bytes", envelope.content)
        read = message_from_bytes(content, policy=policy.default)
        self.taken.append(cast("EmailMessage", read))
        self.letters.put(self.taken[-1])
        return "250 OK"

    @property
    def settings(self) -> dict[str, str]:
        """With these FinTrack sends its mail here."""
        return {
            "FINTRACK_SMTP_URL": f"smtp://localhost:{self.port}?tls=off",
            "FINTRACK_SMTP_FROM": "FinTrack <money@example.org>",
        }

    def next_code(self, address: str, seconds: float = SECONDS) -> str:
        """The code of the next letter to ``address`` that has one."""
        while True:
            letter = self.letters.get(timeout=seconds)
            body: Any = letter.get_body(("plain",))
            found = CODE.search(str(body.get_content()))
            if letter["To"] == address and found:
                return found[0].strip()


@contextlib.contextmanager
def letter_box() -> Iterator[LetterBox]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box = LetterBox(int(probe.getsockname()[1]))
    controller = Controller(box, hostname="localhost", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
