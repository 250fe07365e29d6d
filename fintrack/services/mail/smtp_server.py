"""Which mail server is used, read from ``FINTRACK_SMTP_URL`` and ``…_FROM``."""

import re
from dataclasses import dataclass, field
from email.headerregistry import Address
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from fintrack.core.email_address import read_email
from fintrack.core.errors import InvalidInput
from fintrack.services.mail.message import header_text


class Security(StrEnum):
    """How the connection is encrypted: at once, after STARTTLS, or not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    OFF = "off"


SCHEMES = {"smtps": (Security.TLS, 465), "smtp": (Security.STARTTLS, 587)}


# An address alone, or a name and then the address in angle brackets.
_SENDER = re.compile(r"(?:([^<>@\r\n]*)(?=<))?<?([^<>\s]+)>?")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server, and the address that mail comes from."""

    host: str
    port: int
    security: Security
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)


def read_smtp_server(url: str, sender: str) -> SmtpServer:
    """The server of ``smtps://user:password@host:465`` or ``smtp://…:587``.

    ``smtp`` insists on STARTTLS; ``?tls=off`` is for a relay on the same machine and
    takes no password.

    Raises:
        InvalidInput: it cannot be such a URL, or the sender cannot be an address.
    """
    try:
        parts = urlsplit(url)
        security, usual = SCHEMES[parts.scheme]
        host, port = parts.hostname or "", parts.port or usual
    except (ValueError, KeyError) as error:
        raise _unreadable() from error
    if not host:
        raise _unreadable()
    if _tls_is_off(parts, security):
        security = Security.OFF
    if security is Security.OFF and parts.username:
        raise InvalidInput(
            "FINTRACK_SMTP_URL would send the password without encryption. "
            "Leave out tls=off, or user and password.",
            field="smtp_url",
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise InvalidInput(
            "FINTRACK_SMTP_URL can hold only ASCII letters in user and password.",
            field="smtp_url",
        )
    return SmtpServer(host, port, security, read_sender(sender), user, password)


def read_sender(given: str) -> Address:
    """The sender of ``FinTrack <money@example.org>``; the name may be left out.

    Raises:
        InvalidInput: it has no address, or one that is not plain ASCII.
    """
    found = _SENDER.fullmatch(given.strip())
    name, address = found.groups() if found else ("", "")
    try:
        local, _, domain = read_email(address).rpartition("@")
        local.encode("ascii")
        return Address(
            header_text(name or "") or "FinTrack", local, domain.encode("idna").decode()
        )
    except (InvalidInput, ValueError) as error:
        raise InvalidInput(
            "FINTRACK_SMTP_FROM is not an e-mail address. It looks like {example}.",
            field="smtp_from",
            example="FinTrack <money@example.org>",
        ) from error


def _tls_is_off(parts: SplitResult, security: Security) -> bool:
    """Whether ``?tls=off`` was said.

    Raises:
        InvalidInput: it says something else, or contradicts ``smtps``.
    """
    said = parse_qs(parts.query, keep_blank_values=True)
    if not said:
        return False
    if said != {"tls": ["off"]} or security is Security.TLS:
        raise InvalidInput(
            "FINTRACK_SMTP_URL knows only smtp://…?tls=off as an option.",
            field="smtp_url",
        )
    return True


def _unreadable() -> InvalidInput:
    return InvalidInput(
        "FINTRACK_SMTP_URL cannot be read. It looks like {example}.",
        field="smtp_url",
        example="smtps://user:password@mail.example.org:465",
    )
