"""Brings a database to the present schema, one process at a time."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from fintrack.core.errors import Unavailable
from fintrack.models.base import LogRow, MainRow
from fintrack.services import database, faults

ROOT = Path(__file__).parents[2] / "alembic"
# Any fixed number will do; it is "FTMIG" read as digits on a telephone.
MIGRATION_LOCK = 38644


@dataclass(frozen=True, slots=True)
class Schema:
    """One of the two schemas with its Alembic environment."""

    folder: str
    metadata: MetaData


MAIN = Schema("main", MainRow.metadata)
LOG = Schema("log", LogRow.metadata)


def migrate_all(main_url: str, log_url: str) -> None:
    """Migrates MainDB and LogDB; safe when several processes start at once."""
    migrate(MAIN, main_url)
    migrate(LOG, log_url)


def migrate(schema: Schema, url: str) -> None:
    """Upgrades one database to the newest revision under an advisory lock.

    Raises:
        Unavailable: it cannot be reached; the text says which one and why.
    """
    try:
        with database.locked_connection(url, MIGRATION_LOCK) as connection:
            command.upgrade(_config(schema, connection), "head")
    except OperationalError as error:
        if faults.sqlstate(error):
            raise
        raise explain_away(make_url(url), error) from error


def explain_away(url: URL, error: OperationalError) -> Unavailable:
    """Which database cannot be reached, and why."""
    return Unavailable(
        "The database {name} cannot be reached: {reason}",
        name=url.database,
        reason=str(error.orig).splitlines()[0],
    )


def is_behind(schema: Schema, revision: str | None) -> bool:
    """Whether a database at ``revision`` lacks migrations; None has none at all.

    One that this program does not know was made by a newer one, and lacks nothing.
    """
    return revision is None or revision in _revisions(schema)[1:]


def is_known(schema: Schema, revision: str) -> bool:
    """Whether this program has the revision; a newer one may have made the database."""
    return revision in _revisions(schema)


def find_drift(schema: Schema, url: str) -> list[object]:
    """What the models have and the migrated database lacks, or the other way round."""
    engine = _engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        drift = compare_metadata(context, schema.metadata)
    engine.dispose()
    return list(drift)


def add_revision(schema: Schema, url: str, subject: str) -> None:
    """Writes the next revision: what the models have and the database lacks."""
    number = len(list((ROOT / schema.folder / "versions").glob("*.py"))) + 1
    engine = _engine(url)
    with engine.connect() as connection:
        command.revision(
            _config(schema, connection),
            subject,
            autogenerate=True,
            rev_id=f"{number:04}",
        )
    engine.dispose()


@cache
def _revisions(schema: Schema) -> list[str]:
    """All of them, the newest first."""
    scripts = ScriptDirectory(str(ROOT / schema.folder))
    return [script.revision for script in scripts.walk_revisions()]


def _engine(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def _config(schema: Schema, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / schema.folder))
    config.set_main_option("version_path_separator", "os")
    config.attributes["connection"] = connection
    return config
