"""What the address of a currency's page asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from fintrack.core import routes
from fintrack.core.currency import find_currency
from fintrack.core.errors import InvalidInput
from fintrack.core.rate_spans import SPANS
from fintrack.state.compared_charts import MAX_COMPARED

FIRST_LOOK = "1Y"
# Those in which most people think, for who asks for their own.
OTHERS = ("USD", "EUR")
MAX_TEXT = 40


@dataclass(frozen=True)
class Asked:
    """One ``code`` in ``base``, or the other way round, with others ``beside`` it."""

    code: str = ""
    base: str = ""
    period: str = FIRST_LOOK
    is_swapped: bool = False
    beside: tuple[str, ...] = ()

    @property
    def pair(self) -> tuple[str, str]:
        """What one is taken of, and in what it is said."""
        return (self.base, self.code) if self.is_swapped else (self.code, self.base)

    @property
    def together(self) -> tuple[str, ...]:
        """The currencies that are compared, its own first."""
        return (self.code, *self.beside)

    @property
    def address(self) -> str:
        """The address that asks for just this."""
        return routes.currency(
            self.code,
            **{
                "in": self.base,
                "period": self.period,
                "swap": "1" if self.is_swapped else "",
                "with": ",".join(self.beside).lower(),
            },
        )


def read_address(path: str, query: Mapping[str, str], own: str) -> Asked | None:
    """What is asked for, in the ``own`` currency unless it says another.

    What the address says of how to show it and cannot be read is passed by; None where
    there is no such currency.
    """
    code = _code(path.rstrip("/").rpartition("/")[2])
    if not code:
        return None
    bases = (_code(query.get("in", "")), own, *OTHERS)
    base = next(one for one in bases if one not in ("", code))
    period = query.get("period", "")
    beside = (_code(one) for one in query.get("with", "")[:MAX_TEXT].split(","))
    others = dict.fromkeys(one for one in beside if one not in ("", code, base))
    return Asked(
        code,
        base,
        period if period in SPANS else FIRST_LOOK,
        query.get("swap") == "1",
        tuple(others)[: MAX_COMPARED - 1],
    )


def _code(text: str) -> str:
    """The code of a currency; empty if it is none."""
    try:
        return find_currency(text[:MAX_TEXT].upper()).code
    except InvalidInput:
        return ""
