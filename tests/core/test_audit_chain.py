from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fintrack.core.audit_chain import Shipment, Tip, head_message, link, microseconds

AT = datetime(2026, 11, 18, 12, 0, 0, 1, tzinfo=UTC)
ROW = Shipment("change_set", 7, AT, b"what")


@pytest.mark.parametrize(
    "other",
    [
        replace(ROW, source="change_se", payload=b"twhat"),
        replace(ROW, source_id=8),
        replace(ROW, at=AT + timedelta(microseconds=1)),
        replace(ROW, payload=b"whet"),
    ],
)
def test_each_part_of_a_row_is_in_its_hash(other: Shipment) -> None:
    """I22: an edit shows."""
    assert link(Tip(), ROW) != link(Tip(), other)


def test_same_row_at_another_place_has_another_hash() -> None:
    first = link(Tip(), ROW)
    assert first.position == 1
    assert link(first, ROW).hash != first.hash
    assert link(Tip(5), ROW).hash != first.hash


def test_instant_is_exact_in_any_zone() -> None:
    assert microseconds(AT) == 848_318_400_000_001


def test_head_says_where_and_when() -> None:
    tip = link(Tip(), ROW)
    said = head_message(tip, AT)
    assert said != head_message(replace(tip, position=2), AT)
    assert said != head_message(tip, AT + timedelta(microseconds=1))
    assert said != head_message(replace(tip, hash=bytes(32)), AT)
