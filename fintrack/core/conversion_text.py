"""What somebody types to convert: ``100 usd in try``, ``€20 to $``, ``usd kaç try``."""

import re
from dataclasses import dataclass

from fintrack.core.currency import find_currency
from fintrack.core.currency_search import name_currency
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold

MAX_LENGTH = 100
# Between two currencies, and behind them; none of them is a code or a sign.
_JOINERS = frozenset(
    {"in", "to", "into", "as", "kac", "ne", "kadar", "cinsinden", "eder"}
    | {"=", "/", ">", "?"}
)
_PARTS = re.compile(
    r"(?P<before>[^\w\s(+\-−–.,]{0,3})\s*"
    r"(?P<amount>[0-9(](?:[0-9.,'’\s+\-*/()−–×÷]*[0-9)])?)?"
    r"(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
# Below zero, or no number here; before a currency it is meant as one all the same.
_ODD = re.compile(
    r"(?P<amount>[-−–][0-9][0-9.,]*|[0-9]+(?:[.,][0-9]+)?e[+-]?[0-9]+)\s+(?P<rest>.*)",
    re.ASCII | re.DOTALL | re.IGNORECASE,
)
_ARROWS = frozenset({"->", "→", "=>"})
_WORDS = re.compile(r"->|→|=>|[^\w\s]+|[\w.]+")


@dataclass(frozen=True, slots=True)
class ConversionText:
    """An amount as it was typed, of one currency in another.

    ``amount`` is 1 where none was typed; ``target`` is empty where none was, or where
    it is ``unknown``, what was typed and is no currency.
    """

    amount: str
    source: str
    target: str
    unknown: str = ""


def read_conversion(text: str, language: str) -> ConversionText | None:
    """What is to be converted; None for whatever else somebody may be looking for.

    Beside an amount currencies are found by code, sign or name; without one both must
    be there, by their codes or signs. The amount may be arithmetic and is only cut out,
    not read.
    """
    typed = text.strip()[:MAX_LENGTH]
    odd = _ODD.fullmatch(typed)
    parts = odd or _PARTS.fullmatch(typed)
    if parts is None:
        return None
    amount = (parts["amount"] or "").strip()
    words = _words(parts["rest"] if odd else f"{parts['before']} {parts['rest']}")
    loosely = bool(amount)
    pair = _pair(words, language, loosely=loosely)
    if pair is not None:
        return ConversionText(amount or "1", *pair)
    half = _half(words) if loosely else None
    return ConversionText(amount, *half) if half else None


def _half(words: list[str]) -> tuple[str, str, str] | None:
    """A code, a word between two, and behind it what is no currency."""
    source = _currency(words[:1], "en", loosely=False)
    if (
        not source
        or len(words) != len(("usd", "in", "zzz"))
        or words[1] not in _JOINERS
    ):
        return None
    target = _currency(words[2:], "en", loosely=False)
    return (source, target, "" if target else words[2])


def _words(text: str) -> list[str]:
    """The words without joiners behind them; an arrow is one too."""
    found = [">" if one in _ARROWS else fold(one) for one in _WORDS.findall(text)]
    while found and found[-1] in _JOINERS:
        found.pop()
    return found


def _pair(words: list[str], language: str, *, loosely: bool) -> tuple[str, str] | None:
    """The two currencies; the second is empty where an amount has only one."""
    joined = next((n for n, word in enumerate(words) if word in _JOINERS), 0)
    splits = [joined] if joined else range(1, len(words))
    for place in splits:
        sides = words[:place], [one for one in words[place:] if one not in _JOINERS]
        source, target = (_currency(side, language, loosely=loosely) for side in sides)
        if source and target:
            return (source, target) if source != target else None
    if joined or not loosely:
        return None
    source = _currency(words, language, loosely=True)
    return (source, "") if source else None


def _currency(words: list[str], language: str, *, loosely: bool) -> str:
    """The code that the words mean; empty for none."""
    text = " ".join(words)
    try:
        return find_currency(text.upper()).code
    except InvalidInput:
        found = name_currency(text, language, loosely=loosely)
        return found.code if found else ""
