"""The transport over SMTP: encrypted, its certificate checked, one connection a run."""

import asyncio
import smtplib
import ssl
from contextlib import suppress

from fintrack.services.mail.message import build_message, wire_address
from fintrack.services.mail.smtp_server import Security, SmtpServer
from fintrack.services.mail.transport import (
    MAX_REASON,
    TOO_LATE,
    Fate,
    Mail,
    Outcome,
    one_line,
)

TIMEOUT_SECONDS = 30
OK = frozenset({250, 251})
SERVICE_CLOSES = 421
WANTS_SIGN_IN = 530
FIRST_PERMANENT = 500

# Every fault of a connection is an OSError: a refused certificate and those of smtplib.
_LOST = OSError


class _Reply(Exception):
    """The server did not take a step."""

    def __init__(self, code: int, said: bytes, *, step_of_all: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.step_of_all = step_of_all
        self.reason = f"{code} {_line(said)}"


class SmtpTransport:
    """Hands mail to one server. smtplib blocks, so it works in a thread."""

    def __init__(self, server: SmtpServer, context: ssl.SSLContext) -> None:
        self._server = server
        self._context = context
        self._client: smtplib.SMTP | None = None

    async def send(self, mail: Mail) -> Outcome:
        """Sends one mail over the connection of this run."""
        return await asyncio.to_thread(self._send, mail)

    async def hang_up(self) -> None:
        """Says good-bye to the server."""
        await asyncio.to_thread(self._drop)

    def _send(self, mail: Mail) -> Outcome:
        """A server may close a connection it has had enough of: then a new one."""
        kept = self._client is not None
        outcome = self._send_once(mail)
        if kept and self._client is None and outcome.fate in (Fate.LATER, Fate.AWAY):
            outcome = self._send_once(mail)
        return outcome

    def _send_once(self, mail: Mail) -> Outcome:
        try:
            client = self._client or self._connect()
        except _LOST as error:
            return Outcome(Fate.AWAY, _reason(error))
        self._client = client
        to = wire_address(mail.to)
        if not to.isascii() and not client.has_extn("smtputf8"):
            return Outcome(Fate.NEVER, "The server takes ASCII addresses only.")
        try:
            return self._hand_over(client, mail, to)
        except _Reply as reply:
            return self._after(reply)

    def _hand_over(self, client: smtplib.SMTP, mail: Mail, to: str) -> Outcome:
        lost = Fate.LATER
        body = build_message(mail, self._server.sender).as_bytes()
        options = () if to.isascii() else ("SMTPUTF8", "BODY=8BITMIME")
        try:
            taken = client.mail(self._server.sender.addr_spec, options)
            _check(taken, step_of_all=True)
            _check(client.rcpt(to))
            if mail.is_late():
                return self._keep_back()
            lost = Fate.UNSURE
            _check(client.data(body))
        except smtplib.SMTPDataError as error:
            raise _Reply(error.smtp_code, _bytes(error.smtp_error)) from error
        except _LOST as error:
            self._drop()
            return Outcome(lost, _reason(error))
        return Outcome(Fate.SENT)

    def _keep_back(self) -> Outcome:
        if not self._reset():
            self._drop()
        return TOO_LATE

    def _after(self, reply: _Reply) -> Outcome:
        """What a refusal means, and a connection that is ready for the next mail."""
        if reply.code == SERVICE_CLOSES or not self._reset():
            self._drop()
        if reply.step_of_all or reply.code == WANTS_SIGN_IN:
            fate = Fate.AWAY
        else:
            fate = Fate.NEVER if reply.code >= FIRST_PERMANENT else Fate.LATER
        return Outcome(fate, reply.reason)

    def _reset(self) -> bool:
        with suppress(_LOST):
            return self._client is not None and self._client.rset()[0] in OK
        return False

    def _connect(self) -> smtplib.SMTP:
        """A connection that is encrypted before it says who we are."""
        server, name = self._server, self._server.sender.domain
        where = (server.host, server.port, name)
        if server.security is Security.TLS:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, timeout=TIMEOUT_SECONDS, context=self._context
            )
        else:
            client = smtplib.SMTP(*where, timeout=TIMEOUT_SECONDS)
        try:
            if server.security is Security.STARTTLS:
                client.starttls(context=self._context)
            # What was said before the encryption does not count (RFC 3207).
            client.ehlo_or_helo_if_needed()
            if server.user:
                client.login(server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(_LOST):
                client.quit()
            client.close()


def open_smtp(server: SmtpServer) -> SmtpTransport:
    """The transport to ``server``, with the certificates that this machine trusts."""
    return SmtpTransport(server, ssl.create_default_context())


def _check(reply: tuple[int, bytes], *, step_of_all: bool = False) -> None:
    code, said = reply
    if code not in OK:
        raise _Reply(code, said, step_of_all=step_of_all)


def _reason(error: Exception) -> str:
    """What went wrong, without what we sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_line(_bytes(error.smtp_error))}"
    return one_line(f"{type(error).__name__}: {error}", MAX_REASON)


def _line(said: bytes) -> str:
    return one_line(said.decode("utf-8", "replace"), MAX_REASON)


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said
