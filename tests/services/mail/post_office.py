"""A real SMTP server on loopback that takes mail, refuses it or hangs up, as told."""

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from fintrack.services.mail.smtp_server import Security, SmtpServer, read_sender

USER, PASSWORD = "ada", "pa:55 word/@"


@dataclass
class PostOffice:
    """``replies`` answers addresses, ``answers`` whole mails; "" hangs up instead.

    Of a list each is said once, then all is well.
    """

    host: str = "localhost"
    port: int = 0
    security: Security = Security.OFF
    replies: dict[str, str | list[str]] = field(default_factory=dict)
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    connections: int = 0

    @property
    def server(self) -> SmtpServer:
        sender = read_sender("FinTrack <money@example.org>")
        return SmtpServer(self.host, self.port, self.security, sender)

    async def handle_MAIL(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, _: Session, envelope: Envelope, *said: Any
    ) -> str:
        envelope.mail_from, options = said
        envelope.mail_options.extend(options)
        return self._say(server, _next(self.replies, said[0]))

    async def handle_RCPT(  # noqa: N802 - as above
        self, server: SMTP, _: Session, envelope: Envelope, *said: Any
    ) -> str:
        envelope.rcpt_tos.append(said[0])
        return self._say(server, _next(self.replies, said[0]))

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        answer = _next(self.answers, envelope.rcpt_tos[0])
        if answer[:1] in ("", "2"):
            self._take(envelope)
        return self._say(server, answer)

    def _take(self, envelope: Envelope) -> None:
        read = message_from_bytes(
            cast("bytes", envelope.content), policy=policy.default
        )
        self.taken.append(cast("EmailMessage", read))
        self.envelopes.append(envelope)

    def _say(self, server: SMTP, reply: str) -> str:
        if not reply:
            cast("Any", server).transport.abort()
        return reply or "250 OK"

    def authenticate(self, *said: Any) -> AuthResult:
        right = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=said[-1] == right, handled=False)


def _next(table: dict[str, str | list[str]], address: str | None) -> str:
    found = table.get(address or "", [])
    if isinstance(found, str):
        return found
    return found.pop(0) if found else "250 OK"


@asynccontextmanager
async def opened(
    office: PostOffice,
    certificate: ssl.SSLContext | None = None,
    *,
    closed_to_strangers: bool = False,
) -> AsyncIterator[PostOffice]:
    """The office as long as the context is open; it finds a free port itself."""
    at_once = office.security is Security.TLS

    def answer() -> SMTP:
        office.connections += 1
        with warnings.catch_warnings():
            # It cannot see the encryption that the loop does for it, and warns.
            warnings.filterwarnings("ignore", message="Requiring AUTH while not")
            return SMTP(
                office,
                hostname="localhost",
                enable_SMTPUTF8=office.security is not Security.OFF,
                tls_context=None if at_once else certificate,
                require_starttls=office.security is Security.STARTTLS,
                authenticator=office.authenticate,
                auth_required=closed_to_strangers,
                auth_require_tls=not at_once,
            )

    server = await asyncio.get_running_loop().create_server(
        answer, "localhost", office.port, ssl=certificate if at_once else None
    )
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        await server.wait_closed()
