"""Connections that stop waiting by themselves for a server that stands still."""

import asyncio
from typing import Any, cast

import psycopg
from psycopg import waiting
from psycopg.abc import RV, PQGen
from sqlalchemy.ext.asyncio import AsyncConnection

# A connection at rest is only ever asked whether it still works.
PING_SECONDS = 2
CONNECT_SECONDS = 3
# psycopg looks at its socket at least this often.
LOOK_SECONDS = 0.1
# A backend whose client has closed ends its statement after two seconds. Where the
# client's machine is gone the server asks after 10 s of silence and gives up 9 s later;
# over a socket file the kernel tells it at once, and the last three have no effect.
WATCHED = (
    "-c timezone=UTC -c client_connection_check_interval=2s "
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3"
)
CONNECT_OPTIONS: dict[str, Any] = {
    "options": WATCHED,
    "connect_timeout": CONNECT_SECONDS,
    "tcp_user_timeout": 10_000,  # milliseconds; without meaning on a socket file
}


class BoundedConnection(psycopg.AsyncConnection[Any]):
    """Waits at most ``patience`` seconds for each answer, then closes itself.

    The server cannot keep this bound (``statement_timeout``), because it is the server
    that may stand still. For the same reason a cancelled wait just closes; psycopg
    itself would ask the server to cancel, and wait ten seconds for that.
    """

    patience: int = PING_SECONDS

    async def wait(
        self,
        gen: PQGen[RV],
        interval: float = LOOK_SECONDS,
        timeout: float | None = None,  # noqa: ASYNC109 - psycopg's signature
    ) -> RV:
        """What ``gen`` gives.

        Raises:
            OperationalError: no answer came in time; the connection is closed.
        """
        try:
            async with asyncio.timeout(self.patience):
                return await waiting.wait_async(
                    gen, self.pgconn.socket, interval, timeout
                )
        except TimeoutError as error:
            self.pgconn.finish()
            raise psycopg.OperationalError(
                f"no answer in {self.patience} seconds"
            ) from error
        except asyncio.CancelledError:
            self.pgconn.finish()
            raise


async def driver_of(connection: AsyncConnection) -> BoundedConnection:
    """The connection of psycopg below one of SQLAlchemy."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    return cast("BoundedConnection", driver)
