"""Frozen defaults are one for all tabs; what can be changed is each tab's own."""

from dataclasses import dataclass, field

import pytest
import reflex as rx

from fintrack.state.dashboard import DashboardState
from fintrack.state.rows import Amount, LineChart, Notice, Person
from fintrack.state.session import SessionState
from fintrack.state.shared_defaults import is_unchanging, share_defaults


@dataclass
class Loose:
    text: str = ""


@dataclass(frozen=True)
class Holder:
    inside: object = field(default_factory=list)


@pytest.mark.parametrize(
    "value",
    [1, "a", None, (), ("a", 2), frozenset({"a"}), Amount("4"), Holder(Person())],
)
def test_what_holds_only_frozen_values_never_changes(value: object) -> None:
    assert is_unchanging(value)


@pytest.mark.parametrize(
    "value",
    [[], {}, set(), ([],), Loose(), Holder(), Holder(Loose()), LineChart(), Amount],
)
def test_what_holds_something_open_may_change(value: object) -> None:
    assert not is_unchanging(value)


def test_frozen_defaults_are_the_same_in_all_tabs() -> None:
    share_defaults(rx.State)

    for state, name in ((SessionState, "me"), (DashboardState, "notice")):
        default = state.get_fields()[name]
        assert default.default_value() is default.default_value()
    assert DashboardState.get_fields()["notice"].default_value() == Notice()


def test_defaults_that_can_be_changed_are_each_tabs_own() -> None:
    share_defaults(rx.State)

    for name in ("board", "periods"):
        default = DashboardState.get_fields()[name]
        assert default.default_value() is not default.default_value()
