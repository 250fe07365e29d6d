"""What every feed does: the newest rates of its source, and those of past days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fintrack.core.period import Period
from fintrack.core.rate_runs import Observation, Source
from fintrack.services.rates.feeds.answers import NO_MARK, Answer, Mark, Quota
from fintrack.services.rates.feeds.client import RateClient


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source said, as it said it: nothing is checked yet.

    ``is_unchanged`` says that nothing is newer than what ``mark`` names.
    """

    observations: Sequence[Observation] = ()
    is_unchanged: bool = False
    mark: Mark = NO_MARK
    quota: Quota | None = None

    @classmethod
    def of(cls, answer: Answer, observations: Sequence[Observation]) -> "Fetched":
        """The observations in an answer."""
        return cls(observations, answer.is_unchanged, answer.mark, answer.quota)


class RateFeed(Protocol):
    """One source; each fault of it is a ``SourceFault``."""

    @property
    def source(self) -> Source:
        """Under which name its rates are kept."""
        ...

    @property
    def history_days(self) -> int:
        """Of how many days one request for the past gives rates; 0 where of none."""
        ...

    async def latest(self, client: RateClient, mark: Mark) -> Fetched:
        """The newest rates, unless they are those that ``mark`` names."""
        ...

    async def history(
        self, client: RateClient, period: Period, now: datetime
    ) -> Fetched:
        """The rates of at most ``history_days`` days; days without any are left out."""
        ...
