"""MainDB and LogDB of a command: embedded or configured, and migrated."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from fintrack.cli.keeping_alive import print_line
from fintrack.core.clock import utc_now
from fintrack.core.errors import InvalidInput, Unavailable
from fintrack.core.settings import PREFIX, Settings
from fintrack.services import database, embedded, migrations
from fintrack.services.master_key import MasterKey, secure_start

T = TypeVar("T")

WITHOUT_LOG = "FinTrack starts without it. The audit trail waits and loses nothing."
MAIN_DATABASE, LOG_DATABASE = "fintrack", "fintrack_log"


@dataclass(frozen=True)
class DatabaseUrls:
    """SQLAlchemy's addresses of both databases.

    ``server`` is the embedded one, where there is none configured.
    """

    main: str
    log: str
    server: embedded.EmbeddedServer | None = None


@contextlib.contextmanager
def databases(
    settings: Settings, *, log_may_be_away: bool = False, as_they_are: bool = False
) -> Iterator[DatabaseUrls]:
    """Both databases at their newest revision; an embedded server stops at the end.

    ``log_may_be_away`` lets a configured LogDB be: the relay migrates it once it is
    back. ``as_they_are`` lets both be, for who fills them.

    Raises:
        InvalidInput: only MainDB is configured.
        Unavailable: the embedded server does not start, or one cannot be reached.
    """
    log_may_be_away = log_may_be_away and bool(settings.log_database_url)
    if settings.uses_embedded_database:
        with embedded.start(settings.data_dir) as server:
            for name in (MAIN_DATABASE, LOG_DATABASE):
                embedded.ensure_database(server, name)
            log = settings.log_database_url or server.url(LOG_DATABASE)
            main = server.url(MAIN_DATABASE)
            urls = DatabaseUrls(main, log, server)
            if not as_they_are:
                _migrate(urls, log_may_be_away=log_may_be_away)
            yield urls
    elif settings.log_database_url:
        urls = DatabaseUrls(settings.database_url, settings.log_database_url)
        if not as_they_are:
            _migrate(urls, log_may_be_away=log_may_be_away)
        yield urls
    else:
        raise InvalidInput(
            "FINTRACK_DATABASE_URL is set, so FINTRACK_LOG_DATABASE_URL is needed.",
            field="log_database_url",
        )


def run_with(
    urls: DatabaseUrls, task: Callable[[], Awaitable[T]], *, name: str = database.NAME
) -> T:
    """The result of ``task``, run while the databases are installed.

    ``name`` is what its connections are called.
    """

    async def inside() -> T:
        home = database.connect(urls.main, urls.log, utc_now, name=name)
        database.install(home)
        try:
            return await task()
        finally:
            database.install(None)
            await home.dispose()

    return asyncio.run(inside())


async def find_master_key(settings: Settings) -> MasterKey:
    """The installation's master key, made at its first start.

    Raises:
        FinTrackError: it is missing or another one, said in a sentence.
    """
    return await secure_start(
        given=settings.master_key,
        folder=settings.data_dir,
        external=not settings.uses_embedded_database,
    )


def worker_environment(
    urls: DatabaseUrls, key: MasterKey, *, made_here: bool
) -> dict[str, str]:
    """What a worker reads its addresses and its key from.

    ``made_here`` says that the key lies in the data directory and was not given.
    """
    return {
        f"{PREFIX}KEY_IS_MADE_HERE": str(made_here),
        f"{PREFIX}DATABASE_URL": urls.main,
        f"{PREFIX}LOG_DATABASE_URL": urls.log,
        f"{PREFIX}MASTER_KEY": key.recovery_text,
    }


def _migrate(urls: DatabaseUrls, *, log_may_be_away: bool) -> None:
    if not log_may_be_away:
        migrations.migrate_all(urls.main, urls.log)
        return
    migrations.migrate(migrations.MAIN, urls.main)
    try:
        migrations.migrate(migrations.LOG, urls.log)
    except Unavailable as error:
        print_line(f"{error.text}\n{WITHOUT_LOG}")
