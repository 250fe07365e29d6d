"""``fintrack audit verify`` on databases as the command finds them."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from fintrack.cli import audit
from fintrack.cli.main import main
from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import NotAllowed
from fintrack.services import database, security_events
from fintrack.services.master_key import KEY_BYTES, MasterKey
from fintrack.services.trail.heads import sign_head
from fintrack.services.trail.shipping import ship_trail
from tests.conftest import TestServer

Arranged = Callable[..., None]


@pytest.fixture
def log(server: TestServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """LogDB with three rows, and settings that lead to it."""
    names = server.clone("template_main"), server.clone("template_log")
    key = MasterKey(b"k" * KEY_BYTES)
    monkeypatch.setenv("FINTRACK_DATABASE_URL", server.url(names[0]))
    monkeypatch.setenv("FINTRACK_LOG_DATABASE_URL", server.url(names[1]))
    monkeypatch.setenv("FINTRACK_MASTER_KEY", key.recovery_text)
    monkeypatch.setenv("FINTRACK_DATA_DIR", str(tmp_path))
    urls = audit.DatabaseUrls(server.url(names[0]), server.url(names[1]))

    async def arrange() -> None:
        audit.master_key.install(key)
        database.current()
        for n in range(3):
            await security_events.note_refusal(ANONYMOUS, f"x{n}", NotAllowed())
        await ship_trail()
        await sign_head()
        audit.master_key.install(None)

    audit.run_with(urls, arrange)
    return names[1]


def test_sound_trail_ends_with_zero(
    log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert log
    assert main(["audit", "verify"]) == 0
    assert "The trail is sound: 3 rows, 1 signed heads" in capsys.readouterr().out


def test_first_bad_row_is_named_and_ends_with_one(
    log: str, server: TestServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(server.embedded.conninfo(log)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE audit_entry SET source_id = 9 WHERE position = 2")
    assert main(["audit", "verify"]) == 1
    assert capsys.readouterr().out == "Row 2 was changed.\n"
    url = audit.read_settings().database_url
    main_name = url.split("/")[3].split("?")[0]
    with psycopg.connect(server.embedded.conninfo(main_name)) as connection:
        kept = connection.execute(
            "SELECT detail ->> 'bad_row' FROM security_event "
            "WHERE kind = 'trail-verified'"
        ).fetchall()
    assert kept == [("2",)]


def test_server_that_makes_no_role_is_told(
    log: str, server: TestServer, capsys: pytest.CaptureFixture[str]
) -> None:
    url = audit.read_settings().database_url
    with psycopg.connect(
        server.embedded.conninfo(url.split("/")[3].split("?")[0])
    ) as c:
        c.execute("UPDATE trail_relay SET writes_apart = false")
    assert log
    assert main(["audit", "verify"]) == 0
    assert "lets FinTrack make no role" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [[], ["prove"], ["verify", "all"], ["verify", "--against"]]
)
def test_other_words_are_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", *words]) == 1
    assert "audit verify" in capsys.readouterr().err
