"""Access tokens: signed, short, and good only while the session they name is.

A token says who its person was when it was written. What they may do now is never read
from it: the session is looked up at each use, and the database knows the roles.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from fintrack.core.errors import NotSignedIn
from fintrack.services.sessions import SessionView

KEY_LABEL = "jwt"
ALGORITHM = "HS256"
# The type of RFC 9068: no other token of ours passes for an access token.
TYPE = "at+jwt"
CLAIMS = ("sub", "email", "roles", "sid", "iss", "aud", "iat", "exp", "jti")
MAX_LENGTH = 4096
MAX_DIGITS = 18


@dataclass(frozen=True, slots=True)
class TokenRules:
    """Who writes tokens, for whom, and how long one lasts."""

    issuer: str = "fintrack"
    audience: str = "fintrack"
    lifetime: timedelta = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Claims:
    """What is believed of a token: whose it is, and which session it lives on."""

    person_id: int
    session_id: int


def write_access_token(
    view: SessionView, rules: TokenRules, key: bytes, now: datetime
) -> str:
    """The token of a session; ``key`` is the derivation for ``KEY_LABEL``."""
    claims = {
        "sub": str(view.person_id),
        "email": view.email,
        "roles": [str(view.role)],
        "sid": str(view.session_id),
        "iss": rules.issuer,
        "aud": rules.audience,
        "iat": now,
        "exp": now + rules.lifetime,
        "jti": uuid.uuid4().hex,
    }
    return jwt.encode(claims, key, ALGORITHM, headers={"typ": TYPE})


def read_access_token(
    token: str, rules: TokenRules, key: bytes, now: datetime
) -> Claims:
    """What a sound token says.

    Raises:
        NotSignedIn: it is forged, of another kind, for somebody else, or expired; it is
            not told which.
    """
    try:
        found = _decode(token, rules, key)
        expires_at, person_id, session_id = (
            _number(found["payload"][name]) for name in ("exp", "sub", "sid")
        )
    except (jwt.InvalidTokenError, ValueError):
        raise NotSignedIn from None
    if found["header"].get("typ") != TYPE or now.timestamp() >= expires_at:
        raise NotSignedIn
    return Claims(person_id, session_id)


def _decode(token: str, rules: TokenRules, key: bytes) -> dict[str, Any]:
    if len(token) > MAX_LENGTH:
        raise jwt.DecodeError("too long")
    return jwt.decode_complete(
        token,
        key,
        algorithms=[ALGORITHM],
        issuer=rules.issuer,
        audience=rules.audience,
        # The library would ask the machine's clock; times are compared by the caller.
        options={
            "require": list(CLAIMS),
            "strict_aud": True,
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
        },
    )


def _number(value: object) -> int:
    """A claim that is a number, or the text of one.

    Raises:
        ValueError: it is neither.
    """
    digits = str(value)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
        raise ValueError("not a number")
    return int(digits)
