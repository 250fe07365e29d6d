"""MainDB and LogDB of a command: embedded or configured, and migrated."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from fintrack.core.errors import InvalidInput
from fintrack.core.settings import PREFIX, Settings
from fintrack.services import embedded, migrations

MAIN_DATABASE, LOG_DATABASE = "fintrack", "fintrack_log"


@dataclass(frozen=True)
class DatabaseUrls:
    """SQLAlchemy's addresses of both databases."""

    main: str
    log: str
    embedded: bool


@contextlib.contextmanager
def databases(settings: Settings) -> Iterator[DatabaseUrls]:
    """Both databases at their newest revision; an embedded server stops at the end.

    Raises:
        InvalidInput: only MainDB is configured.
        Unavailable: the embedded server does not start.
    """
    if settings.uses_embedded_database:
        with embedded.start(settings.data_dir) as server:
            for name in (MAIN_DATABASE, LOG_DATABASE):
                embedded.ensure_database(server, name)
            log = settings.log_database_url or server.url(LOG_DATABASE)
            main = server.url(MAIN_DATABASE)
            yield _migrated(DatabaseUrls(main, log, embedded=True))
    elif settings.log_database_url:
        yield _migrated(
            DatabaseUrls(
                settings.database_url, settings.log_database_url, embedded=False
            )
        )
    else:
        raise InvalidInput(
            "FINTRACK_DATABASE_URL is set, so FINTRACK_LOG_DATABASE_URL is needed.",
            field="log_database_url",
        )


def worker_environment(urls: DatabaseUrls) -> dict[str, str]:
    """What a worker reads its addresses from."""
    return {
        f"{PREFIX}DATABASE_URL": urls.main,
        f"{PREFIX}LOG_DATABASE_URL": urls.log,
        f"{PREFIX}EMBEDDED_DATABASE": str(urls.embedded),
    }


def _migrated(urls: DatabaseUrls) -> DatabaseUrls:
    migrations.migrate_all(urls.main, urls.log)
    return urls
