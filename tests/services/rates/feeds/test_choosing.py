"""Feeds are those that have a place, and a key where they need one."""

from dataclasses import replace

from fintrack.core.rate_runs import Source
from fintrack.services.rates.feeds.choosing import Places, choose_feeds

ALL = Places(
    ecb="https://a.example",
    currency_api=["https://b.example/{day}"],
    crypto="https://c.example",
    currencyfreaks="https://d.example",
    currencyfreaks_key="s3cret",
)


def _sources(places: Places) -> set[Source]:
    return {feed.source for feed in choose_feeds(places)}


def test_with_a_key_all_sources_are_asked() -> None:
    assert _sources(ALL) == set(Source)


def test_without_a_key_or_a_place_a_source_is_left_out() -> None:
    assert Source.CURRENCY_FREAKS not in _sources(replace(ALL, currencyfreaks_key=""))
    assert _sources(Places("", [], "", "https://d.example", "")) == set()


def test_key_is_not_shown() -> None:
    assert "s3cret" not in f"{ALL!r} {choose_feeds(ALL)!r}"
