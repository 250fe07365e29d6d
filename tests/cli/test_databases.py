import pytest

from fintrack.cli.databases import DatabaseUrls, databases, worker_environment
from fintrack.core.errors import InvalidInput
from fintrack.core.settings import Settings
from fintrack.services.master_key import KEY_BYTES, MasterKey, read_recovery_text


def test_external_main_database_needs_a_log_database() -> None:
    settings = Settings(database_url="postgresql+psycopg://db/fintrack")
    with (
        pytest.raises(InvalidInput, match="FINTRACK_LOG_DATABASE_URL"),
        databases(settings),
    ):
        pass


@pytest.mark.parametrize("made_here", [True, False])
def test_worker_reads_its_addresses_from_the_settings(
    monkeypatch: pytest.MonkeyPatch, *, made_here: bool
) -> None:
    key = MasterKey(b"k" * KEY_BYTES)
    urls = DatabaseUrls("postgresql+psycopg:///main", "postgresql+psycopg:///log")
    given = worker_environment(urls, key, made_here=made_here)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert (settings.database_url, settings.log_database_url) == (urls.main, urls.log)
    assert read_recovery_text(Settings().master_key) == key
    assert Settings().key_is_made_here is made_here
