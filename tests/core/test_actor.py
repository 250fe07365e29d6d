"""Who acts, before anything is known about them."""

import dataclasses

import pytest

from fintrack.core.actor import ANONYMOUS, SYSTEM, Actor, LedgerRole, Role


def test_a_new_actor_may_do_nothing() -> None:
    assert Actor() == ANONYMOUS
    assert ANONYMOUS.person_id is None
    assert ANONYMOUS.role is Role.ANONYMOUS
    assert ANONYMOUS.ledger_role is LedgerRole.NONE


def test_system_is_no_person() -> None:
    assert SYSTEM.person_id is None
    assert SYSTEM.role is Role.SYSTEM


def test_a_higher_ledger_role_includes_the_lower_ones() -> None:
    assert LedgerRole.NONE < LedgerRole.VIEWER < LedgerRole.EDITOR < LedgerRole.OWNER


def test_an_actor_cannot_give_itself_another_role() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ANONYMOUS.role = Role.ADMIN  # type: ignore[misc]  # what is tested
