"""Currencies as people look for them: by code, symbol, name, country and kind."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from fintrack.core.amount_text import CURRENCY_MARKS
from fintrack.core.currency import (
    Currency,
    CurrencyKind,
    all_currencies,
    find_currency,
)
from fintrack.core.currency_kinds import kind_words
from fintrack.core.folding import fold, search_words
from fintrack.core.formatting import (
    counted_currency,
    country_name,
    currency_name,
    currency_symbol,
)

_MISS = 9
# The last rank in which no country was meant.
_NAME = 4
# Two letters begin too much.
SHORTEST_NAME = 3
_MARKS = {fold(mark): code for mark, code in CURRENCY_MARKS.items()}
SEVERAL = 2
# Words for countries that people use and CLDR, as Babel carries it, does not: it leaves
# out all but the first name. The English ones are found in every language.
_ALSO_CALLED = {
    "en": {
        "AE": "UAE",
        "CI": "Ivory Coast",
        "CZ": "Czech Republic",
        "GB": "UK Great Britain England Scotland Wales",
        "MO": "Macau",
        "NL": "Holland",
        "PS": "Palestine",
        "SZ": "Swaziland",
        "TL": "East Timor",
        "TR": "Turkey",
        "US": "USA America",
    },
    "tr": {
        "AE": "BAE",
        "CI": "Fildişi Sahili",
        "CV": "Yeşil Burun Adaları",
        "CZ": "Çek Cumhuriyeti",
        "GB": "Büyük Britanya İngiltere İskoçya Galler",
        "SZ": "Svaziland",
        "TL": "Doğu Timor",
        "US": "ABD",
    },
}
# The euro area is a place to CLDR, though no part of the list of its currency.
_PLACES = {"EUR": "EZ"}
# Words that all use and CLDR does not; the Turkish Language Association has no "Euro".
_ALSO_SAID = {("tr", "EUR"): "avro", ("tr", "GBP"): "sterlin"}
# Of a kind a whole word counts, or what cannot be much else: fund, and cryp.
SHORTEST_OF_KIND = 4


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a currency is found by, folded; each word of a text between two blanks."""

    currency: Currency
    code: str
    signs: frozenset[str]
    whole_names: frozenset[str]
    name: str
    name_and_countries: str
    home: str
    kind: str
    group: int


@lru_cache(maxsize=1024)
def name_currency(text: str, language: str, *, loosely: bool) -> Currency | None:
    """The one currency that ``text`` means, by its sign; ``loosely`` also by name.

    A sign of several ($) means the first of them.
    """
    typed = fold(text)
    if code := _MARKS.get(typed):
        return find_currency(code)
    is_name = loosely and len(typed) >= SHORTEST_NAME
    if not (is_name or _has_sign(typed)):
        return None
    found = _ranked(typed, language, _NAME)
    return found[0] if found else None


def search_currencies(
    text: str, language: str, *, by_country: bool = True
) -> tuple[Currency, ...]:
    """The currencies that ``text`` may mean, best first; none if it is empty.

    First those whose code or symbol it is, then whose whole name, whose code it begins,
    whose name has its words, has words that begin so, then those of a country, and last
    all of a kind (crypto), beside whose word others may stand. Names, countries and
    kinds are those of ``language``; the English ones are found too. Among equals stands
    first what is in use, then what ended, then crypto; and in each the country's own,
    then what the most countries use.
    """
    return _ranked(fold(text), language, _MISS - 1 if by_country else _NAME)


def _ranked(typed: str, language: str, last: int) -> tuple[Currency, ...]:
    """Those of a rank up to ``last``, best first."""
    if not typed:
        return ()
    words = () if _has_sign(typed) else tuple(search_words(typed).split())
    ranked = [(_rank(one, typed, words), one) for one in _entries(language)]
    near = [(_order(rank, one, words), one) for rank, one in ranked if rank <= last]
    return tuple(one.currency for _, one in sorted(near, key=itemgetter(0)))


def _has_sign(typed: str) -> bool:
    """Whether a sign of a currency is in it: R$ is not a word that begins with R."""
    return any(unicodedata.category(letter) == "Sc" for letter in typed)


def _rank(one: _Entry, typed: str, words: tuple[str, ...]) -> int:
    tests = (
        typed == one.code or typed in one.signs,
        typed in one.whole_names,
        one.code.startswith(typed) or _ends_a_sign(one, typed),
        words and all(f" {word} " in one.name for word in words),
        words and all(f" {word}" in one.name for word in words),
        words and all(f" {word}" in one.name_and_countries for word in words),
        words and all(_is_of_kind_or_place(one, word) for word in words),
    )
    return next((rank for rank, passed in enumerate(tests) if passed), _MISS)


def _is_of_kind_or_place(one: _Entry, word: str) -> bool:
    """Whether the word is of its kind, its name or its countries."""
    begins = f" {word}" if len(word) >= SHORTEST_OF_KIND else f" {word} "
    return begins in one.kind or f" {word}" in one.name_and_countries


def _ends_a_sign(one: _Entry, typed: str) -> bool:
    """Whether a bare sign is the end of a longer one: $ is of CA$."""
    return not typed.isalnum() and any(sign.endswith(typed) for sign in one.signs)


def _order(rank: int, one: _Entry, words: Sequence[str]) -> tuple[int | str, ...]:
    """The British Virgin Islands use the dollar, but Britain has money of its own."""
    is_elsewhere = not all(f" {word}" in one.home for word in words)
    return rank, one.group, is_elsewhere, -len(one.currency.territories), one.code


@lru_cache(maxsize=8)
def _entries(language: str) -> tuple[_Entry, ...]:
    """Folded once for each language: folding takes longer than the search."""
    return tuple(_entry(one, language) for one in all_currencies())


def _entry(one: Currency, language: str) -> _Entry:
    local = currency_name(one.code, language)
    said = _ALSO_SAID.get((language, one.code), local)
    names = (local, counted_currency(one.code, SEVERAL, language), one.name, said)
    places = (*one.territories, *_PLACES.get(one.code, "").split())
    countries = [_country_words(code, language) for code in places]
    return _Entry(
        currency=one,
        code=fold(one.code),
        signs=_signs(one.code, language),
        whole_names=frozenset(map(fold, (local, one.name, said))),
        name=f" {search_words(*names)} ",
        name_and_countries=f" {search_words(*names, *countries)} ",
        home=f" {search_words(*countries[:1])} ",
        kind=f" {search_words(*kind_words(one, language))} ",
        group=_group(one),
    )


def _country_words(code: str, language: str) -> str:
    spoken = dict.fromkeys((language, "en"))
    also = (_ALSO_CALLED.get(one, {}).get(code, "") for one in spoken)
    return " ".join((country_name(code, language), *also))


def _signs(code: str, language: str) -> frozenset[str]:
    marks = {fold(mark) for mark, meant in CURRENCY_MARKS.items() if meant == code}
    return frozenset(marks | {fold(currency_symbol(code, language))})


def _group(one: Currency) -> int:
    if one.is_everyday:
        group = 0
    elif one.kind is not CurrencyKind.CRYPTO:
        group = 1
    else:
        group = 2
    return group
