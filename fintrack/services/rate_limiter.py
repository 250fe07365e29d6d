"""Counts what accounts and addresses ask, for REST and page events alike.

Windows are fixed: one counter for each subject, which begins with its first request.
The counters lie in this process, or in Redis for several of them.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from math import ceil

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import RedisStorage, Storage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError

from fintrack.core.errors import TooManyRequests, Unavailable
from fintrack.core.place import name_place
from fintrack.core.rate_limits import LIMITS, Kind

NAMESPACE = "fintrack"
CAPACITY = 20_000
REDIS_SECONDS = 1
# While the store is away it is asked this often, so that requests need not wait for it.
RETRY = timedelta(seconds=5)

_log = logging.getLogger(__name__)


class Counting(Enum):
    """How requests are counted now."""

    OFF = auto()
    HERE = auto()  # in this process alone
    TOGETHER = auto()  # in Redis
    AWAY = auto()  # Redis did not answer the last request that was to be counted


class Counters(Storage):
    """Counters in memory, never more than ``CAPACITY``: the oldest make room."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self._counts: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts; a new window lasts ``expiry`` seconds."""
        count, ends_at = self._find(key)
        if not count:
            self._counts.pop(key, None)
            ends_at = self._clock() + timedelta(seconds=expiry)
        self._counts[key] = (count + amount, ends_at)
        while len(self._counts) > CAPACITY:
            self._counts.popitem(last=False)
        return count + amount

    async def get(self, key: str) -> int:
        """What was counted in the present window."""
        return self._find(key)[0]

    async def get_expiry(self, key: str) -> int:
        """When the window ends, in seconds of the epoch."""
        return ceil(self._find(key)[1].timestamp())

    async def check(self) -> bool:
        """Memory is always there."""
        return True

    async def reset(self) -> int | None:
        """Forgets all; how many there were."""
        count = len(self._counts)
        self._counts.clear()
        return count

    async def clear(self, key: str) -> None:
        """Forgets one."""
        self._counts.pop(key, None)

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """Counting in memory does not fail."""
        return ()

    def __len__(self) -> int:
        return len(self._counts)

    def _find(self, key: str) -> tuple[int, datetime]:
        now = self._clock()
        count, ends_at = self._counts.get(key, (0, now))
        return (count, ends_at) if now < ends_at else (0, now)


class RateLimiter:
    """One for the process, shared by all doors."""

    def __init__(self, store: Storage | None, clock: Callable[[], datetime]) -> None:
        """``store`` None counts nothing."""
        self._windows = None if store is None else FixedWindowRateLimiter(store)
        self._clock = clock
        self._away_until: datetime | None = None

    @classmethod
    def of(
        cls, redis_url: str, clock: Callable[[], datetime], *, is_on: bool = True
    ) -> "RateLimiter":
        """The limiter for these settings; Redis is first asked when it is needed."""
        if not is_on:
            return cls(None, clock)
        return cls(_open_redis(redis_url) if redis_url else Counters(clock), clock)

    async def check(self, kind: Kind, *, address: str = "", account: str = "") -> None:
        """Counts one request for each that is named.

        ``account`` is a person's id, or whatever else names one account.

        Raises:
            TooManyRequests: one of them has used up its window.
            Unavailable: the counters are away, and this kind is not let through then.
        """
        figures = LIMITS[kind]
        if address:
            item = RateLimitItemPerSecond(
                figures.per_address, figures.seconds, NAMESPACE
            )
            await self._count(kind, item, "address", name_place(address))
        if account:
            item = RateLimitItemPerSecond(
                figures.per_account, figures.seconds, NAMESPACE
            )
            await self._count(kind, item, "account", account)

    @property
    def counting(self) -> Counting:
        """As the last request found it; whoever asks has sent one."""
        if self._windows is None:
            found = Counting.OFF
        elif self._away_until is not None:
            found = Counting.AWAY
        elif isinstance(self._windows.storage, Counters):
            found = Counting.HERE
        else:
            found = Counting.TOGETHER
        return found

    async def close(self) -> None:
        """Leaves Redis, where it was asked."""
        store = self._windows and self._windows.storage
        if isinstance(store, RedisStorage) and isinstance(store.bridge, RedispyBridge):
            client = store.bridge.get_connection()
            await client.aclose()  # type: ignore[attr-defined]  # redis-py has it

    async def _count(self, kind: Kind, item: RateLimitItem, *subject: str) -> None:
        if self._windows is None:
            return
        now = self._clock()
        if self._away_until and now < self._away_until:
            _refuse_closed(kind)
            return
        try:
            fits = await self._windows.hit(item, kind, *subject)
            stats = (
                None
                if fits
                else await self._windows.get_window_stats(item, kind, *subject)
            )
        except StorageError:
            self._note_away(now)
            _refuse_closed(kind)
            return
        self._away_until = None
        if stats:
            wait = ceil(stats.reset_time - now.timestamp())
            raise TooManyRequests(min(max(wait, 1), item.get_expiry()))

    def _note_away(self, now: datetime) -> None:
        if self._away_until is None:
            _log.exception("Requests are not counted: the store of the limits is away")
        self._away_until = now + RETRY


def _open_redis(url: str) -> Storage:
    return RedisStorage(
        url,
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="fintrack",
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )


def _refuse_closed(kind: Kind) -> None:
    if LIMITS[kind].closed:
        raise Unavailable
