"""Prints what was measured as a table, one line for each figure."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter


@dataclass(frozen=True)
class Times:
    """Milliseconds of repeated runs."""

    runs: tuple[float, ...]

    @property
    def p50(self) -> float:
        return quantiles(self.runs, n=100, method="inclusive")[49]

    @property
    def p95(self) -> float:
        return quantiles(self.runs, n=100, method="inclusive")[94]

    @property
    def p99(self) -> float:
        return quantiles(self.runs, n=100, method="inclusive")[98]


async def measure(
    run: Callable[[], Awaitable[object]], *, times: int = 40, warm: int = 3
) -> Times:
    """The times of ``run``, after some that warm the caches and are not counted."""
    (found,) = await measure_in_turns(run, times=times, warm=warm)
    return found


async def measure_in_turns(
    *runs: Callable[[], Awaitable[object]], times: int = 40, warm: int = 3
) -> list[Times]:
    """The times of each of ``runs``; what disturbs one of them disturbs all.

    The first turns warm the caches and are not counted.
    """
    found: list[list[float]] = [[] for _ in runs]
    for turn in range(warm + times):
        for run, kept in zip(runs, found, strict=True):
            began = perf_counter()
            await run()
            if turn >= warm:
                kept.append((perf_counter() - began) * 1000)
    return [Times(tuple(kept)) for kept in found]


def print_table(title: str, rows: Sequence[tuple[str, str]]) -> None:
    width = max(len(name) for name, _ in rows)
    print(f"\n{title}")
    for name, value in rows:
        print(f"  {name:<{width}}  {value:>12}")
