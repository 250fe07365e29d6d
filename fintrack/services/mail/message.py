"""Mail as it goes over the wire (RFC 5322, 2045), with no way to add a header."""

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from fintrack.services.mail.transport import Mail, one_line

MAX_SUBJECT = 200


def wire_address(address: str) -> str:
    """The address for a server: a domain in other scripts becomes ASCII (RFC 3490).

    A local part in another script stays; it needs a server with SMTPUTF8 (RFC 6531).
    """
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def build_message(mail: Mail, sender: Address) -> EmailMessage:
    """The message with its text and HTML parts and every header it needs.

    Raises:
        ValueError: the address would add a header; the outbox refuses it before.
    """
    to = wire_address(mail.to)
    if "=?" in to:
        raise ValueError("an encoded word is no address")
    utf8 = not to.isascii()
    message = EmailMessage(policy=policy.SMTPUTF8 if utf8 else policy.SMTP)
    local, _, domain = to.rpartition("@")
    message["From"] = sender
    message["To"] = Address(username=local, domain=domain)
    message["Subject"] = header_text(mail.subject)
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.reference}@{sender.domain}>"
    # A robot that answers must not answer this (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = mail.language
    return message


def header_text(given: str) -> str:
    """``given`` as it may stand in a header: one line, and no encoded word.

    Without the gap ``=?utf-8?q?…?=`` would be read as what it encodes (RFC 2047),
    line ends too.
    """
    return one_line(given, MAX_SUBJECT).replace("=?", "= ?")
