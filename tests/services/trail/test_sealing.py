"""Payloads: a clear head, sealed images, and no secret in either."""

import json

import pytest
from cryptography.exceptions import InvalidTag

from fintrack.models.trail import TRACKED
from fintrack.services.trail.keys import Key
from fintrack.services.trail.sealing import (
    MASK,
    SECRET_NAME,
    compose,
    mask,
    seal,
    unseal,
)

KEY, OTHER = Key(1, b"k" * 32), Key(2, b"o" * 32)
LINES = ['{"a":"Café\\nBar"}', '{"b":null}']


def test_payload_opens_with_its_keys() -> None:
    parts = [seal("x 1", 0, KEY, LINES), seal("x 1", 1, OTHER, ['{"c":1}'])]
    payload = compose({"what": "account.open"}, parts)
    assert unseal("x 1", payload, {1: KEY, 2: OTHER}.get).images == [
        {"a": "Café\nBar"},
        {"b": None},
        {"c": 1},
    ]
    assert unseal("x 1", payload, {2: OTHER}.get).images == [{"c": 1}]
    opened = unseal("x 1", payload, {}.get)
    assert (opened.head["what"], opened.images) == ("account.open", [])


def test_payload_of_before_the_algorithm_was_named_opens() -> None:
    (key_id, sealed) = (KEY.id, seal("x 1", 0, KEY, LINES).sealed[1:])
    head = json.dumps({"what": "account.open", "parts": [[key_id, len(sealed)]]})
    opened = unseal("x 1", head.encode() + b"\n" + sealed, {1: KEY}.get)
    assert opened.images == [json.loads(line) for line in LINES]


@pytest.mark.parametrize(("name", "number"), [("x 2", 0), ("x 1", 1)])
def test_part_belongs_to_its_place(name: str, number: int) -> None:
    payload = compose({}, [seal(name, number, KEY, LINES)])
    with pytest.raises(InvalidTag):
        unseal("x 1", payload, {1: KEY}.get)


@pytest.mark.parametrize(
    "name",
    ["password", "new_password", "Token", "totp_secret", "client_secret", "cookie"],
)
def test_secret_is_masked_at_any_depth(name: str) -> None:
    line = json.dumps({"after": {name: "hunter2", "payee": "Bar"}, "l": [{name: "x"}]})
    masked = mask(line)
    assert "hunter2" not in masked
    assert json.loads(masked) == {
        "after": {name: MASK, "payee": "Bar"},
        "l": [{name: MASK}],
    }


@pytest.mark.parametrize(
    "line", ['{"code":"not-found"}', '{"shopping":"a secret place"}', '{"pin":null}']
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert json.loads(mask(line)) == json.loads(line)


def test_columns_that_tables_leave_out_would_be_masked_too() -> None:
    hidden = [name for names in TRACKED.values() for name in names]
    assert hidden
    assert all(SECRET_NAME.search(name) for name in hidden)
