"""Sample data at the command line: into the books of the first admin."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from fintrack.cli.databases import DatabaseUrls, worker_environment
from fintrack.cli.sample_data import sample_data
from fintrack.core.actor import Role
from fintrack.core.errors import Conflict, NotFound
from fintrack.services import database
from fintrack.services.master_key import KEY_BYTES, MasterKey
from tests.books import make_person
from tests.conftest import TestServer


@pytest.fixture
def urls(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[DatabaseUrls]:
    """Empty databases that the settings name."""
    names = server.clone("template_main"), server.clone("template_log")
    urls = DatabaseUrls(server.url(names[0]), server.url(names[1]))
    key = MasterKey(b"k" * KEY_BYTES)
    for name, value in worker_environment(urls, key, made_here=False).items():
        monkeypatch.setenv(name, value)
    yield urls
    for name in names:
        server.drop(name)


def test_first_admin_gets_it_once(
    urls: DatabaseUrls, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_set_up(urls))
    assert sample_data() == 0
    assert "sample transactions since" in capsys.readouterr().out
    with pytest.raises(Conflict, match="already there"):
        sample_data()


@pytest.mark.usefixtures("urls")
def test_before_the_setup_it_says_so() -> None:
    with pytest.raises(NotFound, match="set FinTrack up"):
        sample_data()


async def _set_up(urls: DatabaseUrls) -> None:
    home = database.connect(
        urls.main, urls.log, lambda: datetime(2026, 1, 1, tzinfo=UTC)
    )
    await make_person(home, "eve@example.org", Role.ADMIN)
    await home.dispose()
