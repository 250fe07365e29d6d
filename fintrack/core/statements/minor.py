"""Amounts of one file in one currency as minor units, fast for the usual form."""

import re
from decimal import Decimal

from fintrack.core.amount_text import NumberStyle, parse_money_text
from fintrack.core.errors import InvalidInput
from fintrack.core.text import message_id

MAX_MINOR = 10**15
TOO_FINE = message_id("“{value}” has more decimals than {currency} knows.")
TOO_LARGE = message_id("“{value}” is larger than the largest amount.")
OTHER_CURRENCY = message_id("“{value}” is not in {currency}.")


class MinorUnits:
    """Reads the cells of one number style and currency.

    Nine of ten cells have all decimals of their currency and no mark: one pattern and
    ``int`` read them ten times faster than the full parser, which takes the rest.
    """

    def __init__(self, style: NumberStyle, currency: str, exponent: int) -> None:
        self._style = style
        self._currency = currency
        self._exponent = exponent
        point, group = re.escape(style.decimal), style.grouping[0]
        fraction = rf"{point}([0-9]{{{exponent}}})" if exponent else "()"
        marked = rf"[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}}){{0,3}}"
        self._usual = re.compile(rf"([+-]?(?:[0-9]{{1,12}}|{marked})){fraction}")
        self._group = group

    def read(self, text: str) -> int:
        """The signed minor units; raises InvalidInput where they are not exact."""
        usual = self._usual.fullmatch(text)
        if usual:
            digits = usual[1] + usual[2]
            minor = int(digits.replace(self._group, ""))
        else:
            minor = self._slow(text)
        if not -MAX_MINOR <= minor <= MAX_MINOR:
            raise InvalidInput(TOO_LARGE, field="amount", value=text)
        return minor

    def _slow(self, text: str) -> int:
        money = parse_money_text(text, style=self._style)
        if money.currency not in ("", self._currency):
            raise InvalidInput(
                OTHER_CURRENCY, field="amount", value=text, currency=self._currency
            )
        sign, digits, power = money.amount.as_tuple()
        shift = int(power) + self._exponent
        whole = int(Decimal((0, digits, 0)))
        minor: int
        minor, rest = divmod(whole, 10**-shift) if shift < 0 else (whole * 10**shift, 0)
        if rest:
            raise InvalidInput(
                TOO_FINE, field="amount", value=text, currency=self._currency
            )
        return -minor if sign else minor
