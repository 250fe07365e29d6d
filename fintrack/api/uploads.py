"""How many files one person sends at once, each of which fills a place on the disk."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from fintrack.core.errors import TooManyUploads

MOST = 4
RETRY_SECONDS = 10


class Uploads:
    """The files that are on their way to this process."""

    def __init__(self) -> None:
        self._under_way: Counter[int] = Counter()

    @contextmanager
    def one(self, person_id: int) -> Iterator[None]:
        """A file of this person, until it was dealt with, however that ends.

        Raises:
            TooManyUploads: as many as they may send are under way.
        """
        if self._under_way[person_id] >= MOST:
            raise TooManyUploads(RETRY_SECONDS)
        self._under_way[person_id] += 1
        try:
            yield
        finally:
            self._under_way[person_id] -= 1
            # Who sends nothing takes no room.
            self._under_way += Counter()

    def __len__(self) -> int:
        return self._under_way.total()
