"""What FINTRACK_SMTP_URL and …_FROM may say."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.services.mail.smtp_server import (
    Security,
    read_sender,
    read_smtp_server,
)

FROM = "FinTrack <money@example.org>"


@pytest.mark.parametrize(
    ("url", "host", "port", "security"),
    [
        ("smtps://mail.example.org", "mail.example.org", 465, Security.TLS),
        ("smtp://mail.example.org", "mail.example.org", 587, Security.STARTTLS),
        ("smtp://[::1]:2525?tls=off", "::1", 2525, Security.OFF),
    ],
)
def test_url_says_where_and_how(
    url: str, host: str, port: int, security: Security
) -> None:
    server = read_smtp_server(url, FROM)
    assert (server.host, server.port, server.security) == (host, port, security)
    assert (server.user, server.password) == ("", "")


def test_password_may_hold_any_letter_and_is_not_printed() -> None:
    server = read_smtp_server("smtps://ada%40x.org:p%40%2Fs%3As@mail.example.org", FROM)
    assert (server.user, server.password) == ("ada@x.org", "p@/s:s")
    assert "p@/s:s" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://host:mail",
        "smtp://host:70000",
        "smtp://host?tls=maybe",
        "smtp://host?ssl=on",
        "smtps://host?tls=off",
        "smtp://ada:s3cret@host?tls=off",
        "smtps://ada:s3cretş@host",
    ],
)
def test_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_smtp_server(url, FROM)
    assert "s3cret" not in refused.value.text
    assert "FINTRACK_SMTP_URL" in refused.value.text


def test_sender_without_a_name_is_called_fintrack() -> None:
    assert str(read_sender("money@example.org")) == FROM
    assert str(read_sender("Paramız <a@bücher.example>")).endswith(
        "<a@xn--bcher-kva.example>"
    )


@pytest.mark.parametrize(
    "sender",
    ["", "FinTrack", "zoë@example.org", "a@b.c\r\nBcc: d@e.f", "a@b.c, d@e.f"],
)
def test_sender_that_is_no_address_is_refused(sender: str) -> None:
    with pytest.raises(InvalidInput, match="FINTRACK_SMTP_FROM"):
        read_smtp_server("smtps://mail.example.org", sender)
