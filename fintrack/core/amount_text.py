"""The one parser of amounts from text: for page, API, import and assistant.

``Decimal`` itself also reads NaN, Infinity, 1e999999, 1_000 and Arabic digits, so
every text is matched against a pattern of ASCII digits before it becomes a number.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from typing import NamedTuple

from fintrack.core.errors import InvalidInput
from fintrack.core.text import message_id

MAX_WHOLE_DIGITS = 18
MAX_FRACTION_DIGITS = 18
MAX_AMOUNT_LENGTH = 64
MAX_EXPRESSION_LENGTH = 100
MAX_DEPTH = 16

EMPTY = message_id("Please enter an amount.")
UNREADABLE = message_id("“{value}” is not an amount. Write it like {example}.")
TOO_MANY_DIGITS = message_id("“{value}” has too many digits.")
NOT_ARITHMETIC = message_id("“{value}” cannot be calculated.")
DIVISION_BY_ZERO = message_id("“{value}” divides by zero.")

_SPACES = (" ", "\u00a0", "\u202f", "\u2009")
_APOSTROPHES = ("'", "’")
_MINUS = "-−–"
CURRENCY_MARKS = {
    "€": "EUR", "£": "GBP", "₺": "TRY", "TL": "TRY", "zł": "PLN", "₹": "INR",
    "₽": "RUB", "₴": "UAH", "₪": "ILS", "₩": "KRW", "Kč": "CZK", "Ft": "HUF",
    "Fr.": "CHF", "R$": "BRL", "US$": "USD", "₿": "BTC", "$": "", "¥": "", "kr": "",
    "kr.": "",
}  # fmt: skip
_DEBIT_MARKS = {"DR": True, "D": True, "S": True, "CR": False, "C": False, "H": False}
# A product of numbers that fit into one expression is exact; only / is rounded.
_EXACT = Context(prec=MAX_EXPRESSION_LENGTH + MAX_WHOLE_DIGITS)


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How people write numbers: the decimal mark and what may group thousands."""

    decimal: str
    grouping: tuple[str, ...]

    @property
    def example(self) -> str:
        """A number in this style, for messages."""
        group = self.grouping[0] if self.grouping else ""
        return f"1{group}234{self.decimal}56"


POINT = NumberStyle(".", (",", *_APOSTROPHES, *_SPACES))
COMMA = NumberStyle(",", (".", *_APOSTROPHES, *_SPACES))


class MoneyText(NamedTuple):
    """An amount and the currency written beside it, empty if none or unclear ($)."""

    amount: Decimal
    currency: str


def parse_plain(text: str, *, field: str = "amount") -> Decimal:
    """The amount of REST and JSON: ASCII digits, a point, a leading minus.

    Raises:
        InvalidInput: it is anything else.
    """
    if not re.fullmatch(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?", text):
        raise _unreadable(text, "12.50", field)
    return _decimal(text)


def parse_money_text(
    text: str, *, style: NumberStyle, field: str = "amount"
) -> MoneyText:
    """The amount of a bank or of a person who also writes the currency.

    Takes a leading or trailing sign (also U+2212) or parentheses for a negative amount,
    one symbol or three-letter code before or behind the number, and the marks of banks
    behind it: CR, C, H (credit) and DR, D, S (debit). The result is exact.

    Raises:
        InvalidInput: it is not clearly one amount.
    """
    body = _checked(text, style, field)
    debit: bool | None = None
    marked = re.fullmatch(r"(.*[0-9)])\s*(CR|DR|Cr|Dr|[CDHS])", body)
    if marked:
        body, debit = marked[1], _DEBIT_MARKS[marked[2].upper()]
    body, currency = _take_currency(body)
    negative, digits = _take_sign(body)
    if not currency:
        digits, currency = _take_currency(digits)
    if debit and negative:
        raise _unreadable(text, style.example, field)
    amount = _number(digits, text, style, field, negative=negative or bool(debit))
    return MoneyText(amount, CURRENCY_MARKS.get(currency, currency))


def evaluate(text: str, style: NumberStyle, *, field: str = "amount") -> Decimal:
    """The value of ``12,50+3*2``: + - * / and parentheses, for quick entry.

    A number that can only mean one thing may have the other decimal mark: ``12,50`` is
    no group of thousands where those have a comma. Only a division is rounded, far
    behind the last unit of any currency; the caller rounds to the currency.

    Raises:
        InvalidInput: it cannot be calculated.
    """
    source = text.strip()
    if not source:
        raise InvalidInput(EMPTY, field=field)
    if len(source) > MAX_EXPRESSION_LENGTH:
        raise InvalidInput(NOT_ARITHMETIC, field=field, value=_short(text))
    value = _Expression(source, style, field).value()
    if abs(value) >= Decimal(10) ** MAX_WHOLE_DIGITS:
        raise InvalidInput(TOO_MANY_DIGITS, field=field, value=_short(text))
    return value


class _Expression:
    """A recursive descent over the tokens of one expression."""

    def __init__(self, source: str, style: NumberStyle, field: str) -> None:
        self._source = source
        self._style = style
        self._field = field
        self._tokens = self._split()
        self._at = 0
        self._depth = 0

    def value(self) -> Decimal:
        result = self._sum()
        if self._peek():
            raise self._refused()
        return result or Decimal(0)

    def _split(self) -> list[str]:
        inside = re.escape("".join((self._style.decimal, *self._style.grouping)))
        pattern = rf"\s*((?:[0-9{inside}]*[0-9])|[-+*/()])"
        tokens, at = [], 0
        source = self._source.translate(str.maketrans("−–×÷", "--*/"))
        while at < len(source):
            match = re.compile(pattern, re.ASCII).match(source, at)
            if not match:
                raise self._refused()
            tokens.append(match[1].strip())
            at = match.end()
        return tokens

    def _sum(self) -> Decimal:
        left = self._product()
        while self._peek() in ("+", "-"):
            add = _EXACT.add if self._take() == "+" else _EXACT.subtract
            left = add(left, self._product())
        return left

    def _product(self) -> Decimal:
        left = self._factor()
        while self._peek() in ("*", "/"):
            if self._take() == "*":
                left = _EXACT.multiply(left, self._factor())
            else:
                left = self._quotient(left, self._factor())
        return left

    def _quotient(self, left: Decimal, right: Decimal) -> Decimal:
        if not right:
            raise InvalidInput(DIVISION_BY_ZERO, field=self._field, value=self._source)
        return _EXACT.divide(left, right)

    def _factor(self) -> Decimal:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._refused()
        taken = self._take()
        if taken in ("+", "-"):
            factor = self._factor()
            result = factor.copy_negate() if taken == "-" else factor
        elif taken == "(":
            result = self._sum()
            if self._take() != ")":
                raise self._refused()
        else:
            style = _style_of(taken, self._style)
            result = _number(taken, self._source, style, self._field, negative=False)
        self._depth -= 1
        return result

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _refused(self) -> InvalidInput:
        return InvalidInput(NOT_ARITHMETIC, field=self._field, value=self._source)


def _checked(text: str, style: NumberStyle, field: str) -> str:
    body = text.strip()
    if not body:
        raise InvalidInput(EMPTY, field=field)
    if len(body) > MAX_AMOUNT_LENGTH:
        raise _unreadable(text, style.example, field)
    return body


def _take_sign(body: str) -> tuple[bool, str]:
    """Whether the amount is negative, and the rest; a second sign stays in the rest."""
    if body[0] in _MINUS:
        return True, body[1:].lstrip()
    if body[0] == "+":
        return False, body[1:].lstrip()
    if body[0] == "(" and body[-1] == ")":
        return True, body[1:-1].strip()
    if body[-1] in _MINUS:
        return True, body[:-1].rstrip()
    if body[-1] == "+":
        return False, body[:-1].rstrip()
    return False, body


def _take_currency(body: str) -> tuple[str, str]:
    """The text without its currency mark, and the mark."""
    match = _currency_pattern().fullmatch(body)
    if not match:
        return body, ""
    return match["rest"] or match["front"], match["before"] or match["behind"]


@cache
def _currency_pattern() -> re.Pattern[str]:
    by_length = sorted(CURRENCY_MARKS, key=len, reverse=True)
    mark = "|".join([*map(re.escape, by_length), "[A-Z]{3}"])
    return re.compile(
        rf"(?P<before>{mark})\s*(?P<rest>[^A-Za-z]+)"
        rf"|(?P<front>[^A-Za-z]+?)\s*(?P<behind>{mark})"
    )


def _number(
    digits: str, text: str, style: NumberStyle, field: str, *, negative: bool
) -> Decimal:
    match = _unsigned_pattern(style).fullmatch(digits)
    if not match:
        raise _unreadable(text, style.example, field)
    whole = re.sub("[^0-9]", "", match["whole"] or "")
    fraction = match["fraction"] or ""
    if len(whole.lstrip("0")) > MAX_WHOLE_DIGITS or len(fraction) > MAX_FRACTION_DIGITS:
        raise InvalidInput(TOO_MANY_DIGITS, field=field, value=_short(text))
    point = "." if fraction else ""
    return _decimal(f"{'-' if negative else ''}{whole or '0'}{point}{fraction}")


def _style_of(digits: str, style: NumberStyle) -> NumberStyle:
    """The other style for a number that only it can read: groups have three digits."""
    other = COMMA if style.decimal == "." else POINT
    mark, group = re.escape(other.decimal), re.escape(style.decimal)
    groups = rf"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})"
    plain = rf"[0-9]*{mark}[0-9]{{1,2}}|0{mark}[0-9]+"
    foreign = rf"{plain}|{groups}+{mark}[0-9]+|{groups}{{2,}}"
    return other if re.fullmatch(foreign, digits) else style


@cache
def _unsigned_pattern(style: NumberStyle) -> re.Pattern[str]:
    """Plain digits, or groups behind one and the same mark.

    Groups have three digits; in India (1,20,000) all but the last have two. No group
    comes behind a zero: 0,005 is not five.
    """
    point = re.escape(style.decimal)
    group = "".join(map(re.escape, style.grouping))
    threes = rf"[1-9][0-9]{{0,2}}(?P<mark>[{group}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*"
    lakhs = r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
    grouped = rf"{threes}|{lakhs}|" if "," in group else f"{threes}|"
    whole = rf"(?P<whole>{grouped if group else ''}[0-9]+)"
    return re.compile(rf"(?=.*[0-9]){whole}?(?:{point}(?P<fraction>[0-9]+))?")


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    return value or value.copy_abs()


def _unreadable(text: str, example: str, field: str) -> InvalidInput:
    return InvalidInput(UNREADABLE, field=field, value=_short(text), example=example)


def _short(text: str) -> str:
    return text if len(text) <= MAX_AMOUNT_LENGTH else text[:MAX_AMOUNT_LENGTH] + "…"
