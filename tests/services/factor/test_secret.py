"""The secret is of no use to anybody else, and each of its codes counts once."""

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from fintrack.core.errors import FinTrackError
from fintrack.services.factor.secret import (
    address_of,
    find_counter,
    new_secret,
    seal,
    unseal,
)

pytestmark = pytest.mark.usefixtures("home")
# RFC 6238, appendix B: the key of SHA-1, the last six of the eight digits.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    now = datetime.fromtimestamp(second, UTC)
    assert find_counter(RFC_SECRET, code, now, last=0) == second // 30


def test_code_counts_from_one_step_before_to_one_after() -> None:
    def found(second: int) -> int | None:
        return find_counter(
            RFC_SECRET, "279037", datetime.fromtimestamp(second, UTC), 0
        )

    first = 2000000000 // 30 * 30
    assert found(first - 31) is None
    assert found(first - 30) == found(first + 59) == 66666666
    assert found(first + 60) is None


def test_used_code_and_those_before_it_are_refused() -> None:
    now = datetime.fromtimestamp(2000000000, UTC)
    assert find_counter(RFC_SECRET, "279037", now, last=66666665) == 66666666
    assert find_counter(RFC_SECRET, "279037", now, last=66666666) is None


def test_sealed_secret_is_opened_for_its_person_alone() -> None:
    secret = new_secret()
    sealed = seal(secret, 1)
    assert secret.encode() not in sealed
    assert unseal(sealed, 1) == secret
    assert seal(secret, 1) != sealed
    for broken, person_id in ((sealed, 2), (sealed[:-1] + b"\0", 1)):
        with pytest.raises(FinTrackError):
            unseal(broken, person_id)


def test_address_names_the_person_and_the_house() -> None:
    secret = new_secret()
    address = urlsplit(address_of(secret, "ada@example.org"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    query = parse_qs(address.query)
    assert (query["secret"], query["issuer"]) == ([secret], ["FinTrack"])
    assert len(secret) == 32
