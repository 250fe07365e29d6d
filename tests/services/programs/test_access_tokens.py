"""A token is believed only as it was written, by us, for us, in its time."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fintrack.core.actor import LedgerRole, Role
from fintrack.core.errors import NotSignedIn
from fintrack.services.programs.access_tokens import (
    Claims,
    TokenRules,
    read_access_token,
    write_access_token,
)
from fintrack.services.sessions import SessionView

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
KEY = bytes(range(32))
RULES = TokenRules("fintrack", "money.example", timedelta(minutes=60))
ADA = SessionView(
    session_id=7,
    person_id=5,
    role=Role.USER,
    ledger_id=3,
    ledger_role=LedgerRole.OWNER,
    ledger_name="Home",
    base_currency="EUR",
    first_name="Ada",
    last_name="Lovelace",
    email="ada@example.org",
    language="en",
    time_zone="UTC",
    appearance="system",
    picture="",
    week_starts_on=0,
    month_starts_on=1,
    last_seen_at=NOW,
)


def written() -> str:
    return write_access_token(ADA, RULES, KEY, NOW)


def claims() -> dict[str, Any]:
    return jwt.decode(written(), options={"verify_signature": False})


def forged(
    *,
    key: Any = KEY,
    algorithm: str = "HS256",
    typ: str = "at+jwt",
    without: str = "",
    **changes: object,
) -> str:
    """A token with other claims, or without one."""
    said = {k: v for k, v in (claims() | changes).items() if k != without}
    return jwt.encode(said, key, algorithm, headers={"typ": typ})


def read(token: str, now: datetime = NOW) -> Claims:
    return read_access_token(token, RULES, KEY, now)


def test_token_names_its_person_and_session() -> None:
    assert read(written()) == Claims(person_id=5, session_id=7)
    said = claims()
    assert (said["email"], said["roles"]) == ("ada@example.org", ["user"])
    assert said["exp"] - said["iat"] == 3600
    assert said["jti"] != claims()["jti"]


def test_forging_as_such_would_pass() -> None:
    """So that each forgery below is refused for what it changes."""
    assert read(forged()) == read(written())


def test_token_is_good_until_its_last_second() -> None:
    ends = NOW + RULES.lifetime
    assert read(written(), ends - timedelta(seconds=1))
    for late in (ends, ends + timedelta(seconds=1)):
        with pytest.raises(NotSignedIn):
            read(written(), late)


def _none() -> str:
    return jwt.encode(claims(), "", "none", headers={"typ": "at+jwt"})


def _tampered_session() -> str:
    """Another session under the old signature."""
    head, _, signature = written().split(".")
    return f"{head}.{_encoded(json.dumps(claims() | {'sid': '8'}))}.{signature}"


def _encoded(part: str) -> str:
    return base64.urlsafe_b64encode(part.encode()).decode().rstrip("=")


FORGERIES: dict[str, Callable[[], str]] = {
    "no algorithm": _none,
    "no signature": lambda: written().rpartition(".")[0] + ".",
    "another algorithm, our key": lambda: forged(algorithm="HS512", key=KEY * 2),
    "signed by a pair of keys": lambda: forged(
        key=Ed25519PrivateKey.generate(), algorithm="EdDSA"
    ),
    "another key": lambda: forged(key=bytes(32)),
    "another audience": lambda: forged(aud="elsewhere.example"),
    "a list of audiences": lambda: forged(aud=["money.example", "elsewhere.example"]),
    "another issuer": lambda: forged(iss="elsewhere"),
    "another session": _tampered_session,
    "another kind of token": lambda: forged(typ="JWT"),
    "session that is no number": lambda: forged(sid="7 or 1=1"),
    "number beyond any id": lambda: forged(sid="9" * 30),
    "end that is no number": lambda: forged(exp="never"),
    "nested without end": lambda: f"{_encoded('[' * 2900)}.e30.eA",
    "too long": lambda: forged(more="x" * 5000),
    "no token at all": lambda: "guess",
    "empty": lambda: "",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forged_token_is_refused(name: str) -> None:
    with pytest.raises(NotSignedIn):
        read(FORGERIES[name]())


@pytest.mark.parametrize("claim", sorted(claims()))
def test_token_without_one_of_its_claims_is_refused(claim: str) -> None:
    with pytest.raises(NotSignedIn):
        read(forged(without=claim))
