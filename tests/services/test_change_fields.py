"""Fields of images: named for people, and those alone that mean something."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from fintrack.core.exchange import Rate
from fintrack.core.money import Money
from fintrack.models.trail import TRACKED
from fintrack.services.change_fields import (
    FIELDS,
    OWNERS,
    FieldChange,
    Names,
    field_changes,
)

NAMES = Names({1: "Cash", 2: "Food"}, frozenset({2}), {7: "trip"}, {})


def test_only_tracked_tables_have_images() -> None:
    assert set(FIELDS) <= set(TRACKED)
    assert {owner for owner, _ in OWNERS.values()} <= set(FIELDS)


def test_ids_are_told_by_the_names_of_what_they_point_to() -> None:
    item = {"account_id": 1, "other_id": 2, "amount_minor": -500, "currency": "EUR"}
    assert field_changes("recurring_item", {}, item, NAMES) == (
        FieldChange("account", None, "Cash"),
        FieldChange("category", None, "Food"),
        FieldChange("amount", None, Money(-500, "EUR")),
    )
    assert field_changes("rule_tag", {"tag_id": 7}, {}, NAMES) == (
        FieldChange("tag", "trip", None),
    )


def test_what_a_pattern_does_not_look_at_is_not_told() -> None:
    weekly = {"pattern": "weeks", "every": 2, "day": 1, "week": 1, "weekday": 0}
    last = {**weekly, "pattern": "month-weekday", "week": 5}
    assert field_changes("recurring_item", weekly, last, NAMES) == (
        FieldChange("pattern", "weeks", "month-weekday"),
        FieldChange("week", None, "5"),
        FieldChange("weekday", None, "0"),
    )


def test_switch_is_yes_or_no_and_an_instant_is_yes() -> None:
    before = {"is_on": True, "removed_at": None}
    after = {"is_on": False, "removed_at": "2026-11-18T12:00:00+00:00"}
    told = {
        one.name: (one.before, one.after)
        for one in field_changes("rule", before, after, NAMES)
    }
    assert told == {"is_on": (True, False), "removed": (None, True)}


def test_direction_is_no_text_to_look_for() -> None:
    flow = {"field": "flow", "test": "is", "words": "in"}
    told = {one.name for one in field_changes("rule_condition", {}, flow, NAMES)}
    assert told == {"field", "test", "direction"}


def test_own_rate_is_told_with_its_pair_and_day() -> None:
    day = date(2026, 12, 5)
    image = {"base": "USD", "quote": "TRY", "on_date": "2026-12-05", "value": 45}
    rate = Rate("USD", "TRY", Decimal(45), day)
    assert field_changes("own_rate", {}, image, NAMES) == (
        FieldChange("on_date", None, day),
        FieldChange("value", None, rate),
    )
    (told,) = field_changes("own_rate", image, {**image, "value": 46}, NAMES)
    assert (told.before, told.after) == (rate, replace(rate, value=Decimal(46)))


def test_days_are_days() -> None:
    (told,) = field_changes("recurring_occurrence", {}, {"due_on": "2026-12-05"}, NAMES)
    assert told.after == date(2026, 12, 5)
