"""The two sets of tables, MainDB and LogDB, and the column kinds they share."""

from datetime import datetime
from typing import Any, ClassVar, cast

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    MetaData,
    SmallInteger,
    Table,
    inspect,
)
from sqlmodel import Field, SQLModel

# Names by convention, so that a migration can speak of a constraint by its name.
NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class MainRow(SQLModel):
    """Base of the tables of MainDB."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class LogRow(SQLModel):
    """Base of the tables of LogDB."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class Identified(SQLModel):
    """A row with a number the database gives; an undo may give it back."""

    id: int = Field(
        default=None,
        primary_key=True,
        sa_type=BigInteger,
        sa_column_args=[Identity(always=False)],
    )


class Versioned(SQLModel):
    """A row that people edit: the version rises with each change."""

    version: int = Field(default=1)


def table_of(row: type[SQLModel]) -> Table:
    """The table of a kind of rows, for a query that wants values and no such rows."""
    return cast("Table", inspect(row).local_table)


def big(**more: Any) -> Any:
    """A 64-bit column."""
    return Field(sa_type=BigInteger, **more)


def small(**more: Any) -> Any:
    """A 16-bit column."""
    return Field(sa_type=SmallInteger, **more)


def instant(**more: Any) -> Any:
    """A column for an instant with time zone; the unit of work gives the value."""
    return Field(sa_type=DateTime(timezone=True), **more)


def reference(
    columns: list[str],
    target: str,
    keys: list[str],
    *,
    follow: bool = False,
    owned: bool = False,
) -> ForeignKeyConstraint:
    """A foreign key that an undo can defer.

    ``follow`` lets it follow a new key; an ``owned`` row goes with the one it names.
    """
    return ForeignKeyConstraint(
        columns,
        [f"{target}.{key}" for key in keys],
        deferrable=True,
        initially="IMMEDIATE",
        onupdate="CASCADE" if follow else None,
        ondelete="CASCADE" if owned else None,
    )


__all__ = [
    "Identified",
    "LogRow",
    "MainRow",
    "Versioned",
    "big",
    "datetime",
    "instant",
    "reference",
    "small",
    "table_of",
]
