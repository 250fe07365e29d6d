"""The contract of every transport, and what one line of a stranger may hold."""

import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fintrack.services.mail import transport
from fintrack.services.mail.smtp import SmtpTransport
from fintrack.services.mail.smtp_server import Security
from fintrack.services.mail.terminal import TerminalTransport
from fintrack.services.mail.transport import (
    TOO_LATE,
    Fate,
    Mail,
    Outcome,
    Transport,
    one_line,
)
from tests.services.mail.authority import make_authority
from tests.services.mail.post_office import PostOffice, opened

MAIL = Mail(
    to="ada@example.org",
    language="en",
    subject="Your code",
    text="Enter 271828.\n",
    html="<p>Enter 271828.</p>",
    reference="0a1b",
    at=datetime(2026, 11, 18, 12, 0, tzinfo=UTC),
)


@dataclass
class Station:
    """A transport and what was read at its other end, as text."""

    transport: Transport
    read: Callable[[], str]


def taken_by(office: PostOffice) -> str:
    found = []
    for message in office.taken:
        body = message.get_body(("plain",))
        assert body is not None
        found.append(f"{message['To']}: {message['Subject']}\n{body.get_content()}")
    return "\n".join(found).replace("\r\n", "\n")


@pytest.fixture(params=["terminal", Security.TLS, Security.STARTTLS, Security.OFF])
async def station(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Station]:
    if request.param == "terminal":
        stream = io.StringIO()
        yield Station(TerminalTransport(stream), stream.getvalue)
    else:
        ours = make_authority("Ours")
        certificate = ours.serving("localhost", tmp_path)
        async with opened(PostOffice(security=request.param), certificate) as office:
            smtp = SmtpTransport(office.server, ours.trusting)
            yield Station(smtp, lambda: taken_by(office))
            await smtp.hang_up()


async def test_mail_arrives(station: Station) -> None:
    assert await station.transport.send(MAIL) == Outcome(Fate.SENT)
    seen = station.read()
    assert "ada@example.org: Your code" in seen
    assert "Enter 271828." in seen


async def test_mails_arrive_in_their_order(station: Station) -> None:
    for number in range(3):
        mail = replace(MAIL, text=f"Letter {number}\n")
        assert (await station.transport.send(mail)).fate is Fate.SENT
    seen = station.read()
    assert [seen.index(f"Letter {number}") for number in range(3)] == sorted(
        seen.index(f"Letter {number}") for number in range(3)
    )


async def test_every_script_arrives(station: Station) -> None:
    mail = replace(MAIL, subject="Şifre — 密码 🔑", text="Zoë, Ιωάννα, Ångström\n")
    assert (await station.transport.send(mail)).fate is Fate.SENT
    seen = station.read()
    assert "Şifre — 密码 🔑" in seen
    assert "Zoë, Ιωάννα, Ångström" in seen


async def test_late_mail_is_kept_back_and_the_next_one_arrives(
    station: Station,
) -> None:
    late = replace(MAIL, text="Late\n", is_late=lambda: True)
    assert await station.transport.send(late) == TOO_LATE
    assert (await station.transport.send(MAIL)).fate is Fate.SENT
    seen = station.read()
    assert "Late" not in seen
    assert "Enter 271828." in seen


async def test_very_long_lines_arrive(station: Station) -> None:
    mail = replace(MAIL, text=f"{'long ' * 20_000}\n.\n")
    assert (await station.transport.send(mail)).fate is Fate.SENT
    assert "long " * 20_000 in station.read()


async def test_hanging_up_is_harmless(station: Station) -> None:
    await station.transport.hang_up()
    for _ in range(2):
        assert (await station.transport.send(MAIL)).fate is Fate.SENT
        await station.transport.hang_up()
        await station.transport.hang_up()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Ada\r\nBcc: all@example.org", "Ada Bcc: all@example.org"),
        ("Ada\x1b[2J\x00\x7f\u2028x", "Ada [2J x"),
        ("abc\u202edef\u2066", "abcdef"),
        ("x\ud800y", "x y"),
        ("  Zoë   Ångström ", "Zoë Ångström"),
        ("नमस्\u200dते 👩\u200d🚀", "नमस्\u200dते 👩\u200d🚀"),
        ("x" * 100, f"{'x' * 19}…"),
    ],
)
def test_what_strangers_type_becomes_one_line(given: str, shown: str) -> None:
    assert one_line(given, 20 if given[0] == "x" else 200) == shown


def test_a_process_without_a_transport_says_so() -> None:
    # A test of another folder may have left one.
    transport.install(None)
    with pytest.raises(RuntimeError):
        transport.current()
