"""The embedded server as its users see it: started by the first, stopped by the last.

Each user holds a shared lock for as long as it uses the server; start and stop happen
under a second, exclusive one. So ``fintrack check`` beside a running application leaves
the server running, and a server whose application was killed is stopped by its next
user.
"""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from fintrack.services.embedded import cluster
from fintrack.services.embedded.places import Places, find_places

NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


@dataclass
class EmbeddedServer:
    """A running server and this process's hold on it.

    ``owned`` tells whether this call started it, or found it running.
    """

    places: Places
    sockets: Path
    owned: bool
    _options: Mapping[str, str] = field(repr=False)
    _hold: BinaryIO = field(repr=False)

    def url(self, database: str) -> str:
        """SQLAlchemy's address of ``database``, for sync and async engines alike."""
        return URL.create(
            "postgresql+psycopg",
            username=cluster.SUPERUSER,
            database=database,
            query={"host": str(self.sockets), "port": cluster.PORT},
        ).render_as_string(hide_password=False)

    def conninfo(self, database: str) -> str:
        """The address for libpq of ``database``."""
        return make_conninfo(
            host=str(self.sockets),
            port=cluster.PORT,
            user=cluster.SUPERUSER,
            dbname=database,
        )

    @property
    def log(self) -> Path:
        """What the server itself has to say."""
        return self.places.home / cluster.LOG

    def is_alive(self) -> bool:
        """Whether it still runs; one that stands still does."""
        return cluster.is_alive(self.places)

    def revive(self) -> None:
        """Start it again where it has ended, recovery included.

        Raises:
            Unavailable: it does not start; the text says why.
        """
        with _turn(self.places):
            if cluster.find_running(self.places) is None:
                cluster.launch(self.places, self._options)

    def stop(self) -> None:
        """Let go of the server, and stop it when nobody else holds it."""
        if self._hold.closed:
            return
        with _turn(self.places), self._hold:
            if _is_last(self._hold):
                cluster.halt(self.places)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(
    data_dir: Path,
    *,
    binaries: Path | None = None,
    options: Mapping[str, str] = NO_OPTIONS,
) -> EmbeddedServer:
    """The server of ``data_dir``, started unless it runs already.

    Waits for crash recovery as long as it takes and says so on stderr. ``binaries`` is
    the folder of another PostgreSQL's programs; ``options`` are server settings
    (``{"fsync": "off"}``), used only when this call starts the server.

    Raises:
        Unavailable: it cannot be started; the text says why.
    """
    places = find_places(data_dir, binaries)
    with _turn(places):
        sockets = cluster.find_running(places)
        if sockets is None:
            cluster.make_cluster(places, sync=options.get("fsync") != "off")
            cluster.launch(places, options)
        hold = places.open_private("users.lock")
        fcntl.flock(hold, fcntl.LOCK_SH)
    owned = sockets is None
    return EmbeddedServer(places, sockets or places.sockets, owned, options, hold)


def ensure_database(server: EmbeddedServer, name: str) -> None:
    """Make the database unless it is there, independent of the machine's locale."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if known is None:
            statement = sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'"
            )
            # Another command may have made it since: `backup` beside a first `serve`.
            with suppress(
                psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation
            ):
                connection.execute(statement.format(sql.Identifier(name)))


@contextmanager
def _turn(places: Places) -> Iterator[None]:
    """The only one that starts or stops the server."""
    with places.open_private("turn.lock") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _is_last(hold: BinaryIO) -> bool:
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
