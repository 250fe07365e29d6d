"""SMTP against a real server on loopback: encrypted or nothing, and every refusal."""

import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from fintrack.services.mail.smtp import SmtpTransport, open_smtp
from fintrack.services.mail.smtp_server import Security, SmtpServer
from fintrack.services.mail.transport import Fate, Outcome
from tests.services.mail.authority import make_authority
from tests.services.mail.post_office import PASSWORD, USER, PostOffice, opened
from tests.services.mail.test_transport import MAIL

OURS = make_authority("Ours")
THEIRS = make_authority("Theirs")
encrypted = pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])


def client_of(server: SmtpServer) -> SmtpTransport:
    return SmtpTransport(server, OURS.trusting)


@encrypted
@pytest.mark.parametrize(
    ("authority", "name"),
    [(THEIRS, "localhost"), (OURS, "mail.example.org")],
    ids=["another authority", "another name"],
)
async def test_wrong_certificate_is_refused(
    tmp_path: Path, security: Security, authority: object, name: str
) -> None:
    certificate = (OURS if authority is OURS else THEIRS).serving(name, tmp_path)
    async with opened(PostOffice(security=security), certificate) as office:
        outcome = await client_of(office.server).send(MAIL)
    assert outcome.fate is Fate.AWAY
    assert "certificate" in outcome.reason.lower()
    assert office.taken == []


async def test_server_without_starttls_gets_nothing() -> None:
    async with opened(PostOffice()) as office:
        server = replace(office.server, security=Security.STARTTLS)
        server = replace(server, user=USER, password=PASSWORD)
        outcome = await client_of(server).send(MAIL)
    assert outcome.fate is Fate.AWAY
    assert "STARTTLS" in outcome.reason
    assert office.taken == []


def test_certificates_of_the_machine_are_trusted_and_checked() -> None:
    server = SmtpServer("localhost", 465, Security.TLS, PostOffice().server.sender)
    context = open_smtp(server)._context
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@encrypted
async def test_signed_in_mail_is_taken(tmp_path: Path, security: Security) -> None:
    certificate = OURS.serving("localhost", tmp_path)
    office = PostOffice(security=security)
    async with opened(office, certificate, closed_to_strangers=True):
        nobody = client_of(office.server)
        refused = await nobody.send(MAIL)
        await nobody.hang_up()
        wrong = replace(office.server, user=USER, password="wr0ng")
        denied = await client_of(wrong).send(MAIL)
        right = client_of(replace(office.server, user=USER, password=PASSWORD))
        taken = await right.send(MAIL)
        await right.hang_up()
    assert taken == Outcome(Fate.SENT)
    assert (refused.fate, denied.fate) == (Fate.AWAY, Fate.AWAY)
    assert refused.reason.startswith("530")
    assert denied.reason.startswith("535")
    assert len(office.taken) == 1


@pytest.mark.parametrize(
    ("reply", "fate"),
    [
        ("451 Try again later", Fate.LATER),
        ("452 Mailbox full", Fate.LATER),
        ("550 No such person", Fate.NEVER),
        ("530 Sign in first", Fate.AWAY),
    ],
)
async def test_refused_address_does_not_end_the_connection(
    reply: str, fate: Fate
) -> None:
    async with opened(PostOffice(replies={MAIL.to: reply})) as office:
        client = client_of(office.server)
        outcome = await client.send(MAIL)
        other = await client.send(replace(MAIL, to="bob@example.org"))
        await client.hang_up()
    assert (outcome.fate, outcome.reason) == (fate, reply)
    assert other.fate is Fate.SENT
    assert office.connections == 1


@pytest.mark.parametrize(
    ("answer", "fate"), [("554 Spam", Fate.NEVER), ("450 Greylisted", Fate.LATER)]
)
async def test_refused_content_is_told(answer: str, fate: Fate) -> None:
    async with opened(PostOffice(answers={MAIL.to: answer})) as office:
        client = client_of(office.server)
        assert (await client.send(MAIL)).fate is fate
        await client.hang_up()


async def test_refused_sender_stops_all_mail() -> None:
    office = PostOffice(replies={"money@example.org": "550 We do not know you"})
    async with opened(office):
        client = client_of(office.server)
        assert (await client.send(MAIL)).fate is Fate.AWAY
        await client.hang_up()


async def test_connection_lost_before_the_text_is_no_doubt() -> None:
    async with opened(PostOffice(replies={MAIL.to: ""})) as office:
        assert (await client_of(office.server).send(MAIL)).fate is Fate.LATER


async def test_connection_lost_after_the_text_is_a_doubt() -> None:
    async with opened(PostOffice(answers={MAIL.to: ""})) as office:
        assert (await client_of(office.server).send(MAIL)).fate is Fate.UNSURE
    assert len(office.taken) == 1


@pytest.mark.parametrize("reply", ["421 Enough for today", ""])
async def test_server_that_had_enough_is_called_again(reply: str) -> None:
    """It closes between two mails; the second goes over a new connection."""
    office = PostOffice()
    async with opened(office):
        client = client_of(office.server)
        assert (await client.send(MAIL)).fate is Fate.SENT
        office.replies["bob@example.org"] = reply
        bob = await client.send(replace(MAIL, to="bob@example.org"))
        assert bob.fate is Fate.LATER
        assert (await client.send(MAIL)).fate is Fate.SENT
        await client.hang_up()
    assert office.connections == 3


async def test_server_that_is_not_there_is_away() -> None:
    async with opened(PostOffice()) as office:
        gone = office.server
    assert (await client_of(gone).send(MAIL)).fate is Fate.AWAY


async def test_address_in_another_script_needs_a_server_that_takes_it(
    tmp_path: Path,
) -> None:
    mail = replace(MAIL, to="zoë@bücher.example")
    async with opened(PostOffice()) as office:
        plain = client_of(office.server)
        outcome = await plain.send(mail)
        await plain.hang_up()
    assert outcome.fate is Fate.NEVER
    certificate = OURS.serving("localhost", tmp_path)
    async with opened(PostOffice(security=Security.TLS), certificate) as office:
        client = client_of(office.server)
        assert (await client.send(mail)).fate is Fate.SENT
        await client.hang_up()
    assert office.envelopes[0].rcpt_tos == ["zoë@xn--bcher-kva.example"]
    assert office.taken[0]["To"] == "zoë@xn--bcher-kva.example"


async def test_lines_of_a_server_cannot_command_a_terminal() -> None:
    reply = "550 No\x1b[2J\x07 " + "very " * 100
    async with opened(PostOffice(replies={MAIL.to: reply})) as office:
        client = client_of(office.server)
        outcome = await client.send(MAIL)
        await client.hang_up()
    assert outcome.reason.isprintable()
    assert len(outcome.reason) <= 204
