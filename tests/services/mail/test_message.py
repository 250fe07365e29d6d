"""The message on the wire: its headers, and that nobody adds one."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest

from fintrack.services.mail.message import build_message, header_text, wire_address
from fintrack.services.mail.smtp_server import read_sender
from fintrack.services.mail.transport import Mail
from tests.services.mail.test_transport import MAIL

SENDER = read_sender("FinTrack <money@example.org>")
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("Content-Language", "MIME-Version", "Content-Type"),
}
HOSTILE = [
    "x\r\nBcc: all@example.org",
    "x\nBcc: all@example.org",
    "x\rBcc: all@example.org",
    "x\r\n\r\n<h1>another body</h1>",
    "x\u2028Bcc: all@example.org",
    "=?utf-8?q?x=0D=0ABcc:_all@example.org?=",
    "=?utf-8?b?eA0KQmNjOiBhbGxAZXhhbXBsZS5vcmc=?=",
    "Ş" * 5000,
    "x" * 5000,
]


def on_the_wire(mail: Mail) -> EmailMessage:
    raw = build_message(mail, SENDER).as_bytes()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return cast("EmailMessage", message_from_bytes(raw, policy=policy.default))


def test_headers_say_what_they_must() -> None:
    message = on_the_wire(MAIL)
    assert set(message.keys()) == HEADERS
    assert message["From"] == "FinTrack <money@example.org>"
    assert message["Date"] == "Wed, 18 Nov 2026 12:00:00 +0000"
    assert message["Message-ID"] == "<0a1b@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"


def test_both_parts_are_there_the_better_one_last() -> None:
    parts = [part.get_content_type() for part in on_the_wire(MAIL).iter_parts()]
    assert parts == ["text/plain", "text/html"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_subject_adds_a_header(hostile: str) -> None:
    message = on_the_wire(replace(MAIL, subject=hostile))
    assert set(message.keys()) == HEADERS
    assert "\n" not in message["Subject"]
    assert len(message["Subject"]) <= 210
    assert message.get_body(("plain",)) is not None


@pytest.mark.parametrize("hostile", [text for text in HOSTILE if len(text) < 254])
def test_no_address_adds_a_header(hostile: str) -> None:
    """The outbox refuses such an address; here is the second wall."""
    try:
        message = on_the_wire(replace(MAIL, to=f"{hostile}@example.org"))
    except ValueError:
        return
    assert set(message.keys()) == HEADERS


def test_encoded_word_in_a_subject_stays_what_was_typed() -> None:
    assert header_text("=?utf-8?q?free_money?=") == "= ?utf-8?q?free_money?="


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("ada@example.org", "ada@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("zoë@example.org", "zoë@example.org"),
        (f"ada@{'ü' * 80}.example", f"ada@{'ü' * 80}.example"),
    ],
)
def test_domain_in_another_script_is_written_in_ascii(address: str, wire: str) -> None:
    assert wire_address(address) == wire
