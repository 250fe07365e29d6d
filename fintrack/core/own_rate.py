"""What may be set as an own rate: bounds, digits, and what looks like a slip."""

from decimal import Context, Decimal

from fintrack.core.errors import InvalidInput
from fintrack.core.rate_checks import is_jump
from fintrack.core.rate_runs import DIGITS

# The widest pair that anybody quotes is a bitcoin in bolívares of before 2008, 7×10¹⁵.
FARTHEST = 18
DOUBTFUL = Decimal(3)
_KEPT, _IN_WORDS = Context(prec=DIGITS), Context(prec=2)


def read_own_value(value: Decimal) -> Decimal:
    """What somebody set, as it is kept: never rounded without a word.

    Raises:
        InvalidInput: it is no number above zero, farther from 1 than any pair, or finer
            than ``DIGITS`` significant digits (field ``value``).
    """
    shown = f"{value:g}"[:80]
    if not value.is_finite() or value <= 0:
        raise InvalidInput(
            "A rate is a number above zero, not “{value}”.", field="value", value=shown
        )
    if not Decimal(1).scaleb(-FARTHEST) <= value <= Decimal(1).scaleb(FARTHEST):
        raise InvalidInput(
            "“{value}” is not a rate: it lies between 10⁻¹⁸ and 10¹⁸.",
            field="value",
            value=shown,
        )
    if _KEPT.plus(value) != value:
        raise InvalidInput(
            "“{value}” has too many digits: a rate is kept with {most}.",
            field="value",
            value=shown,
            most=DIGITS,
        )
    return _KEPT.plus(value)


def rounded(value: Decimal) -> Decimal:
    """What was worked out, with as many digits as are kept."""
    return _KEPT.plus(value)


def times_as_much(value: Decimal, said: Decimal) -> Decimal | None:
    """How many times the greater of two rates is the other, in two digits.

    None where they are near enough to be of the same day: up to ``DOUBTFUL`` times.
    """
    if not is_jump(value, said, DOUBTFUL):
        return None
    return _IN_WORDS.divide(max(value, said), min(value, said))
