"""The secret that a phone and we share: made, encrypted, and its codes checked.

Codes are TOTP (RFC 6238): SHA-1, six digits, a new one every 30 seconds.
"""

import hmac
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag

from fintrack.core.encryption import decrypt, encrypt
from fintrack.core.errors import FinTrackError
from fintrack.services import master_key

LABEL = "totp"
ISSUER = "FinTrack"
DIGITS = 6
STEP_SECONDS = 30
# Clocks of phones go wrong, and people are slow: one step to either side counts too.
WINDOW = 1


def new_secret() -> str:
    """160 random bits in base32, as authenticator apps take them."""
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """The ``otpauth://`` address that a QR code carries into the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def seal(secret: str, person_id: int) -> bytes:
    """The secret as MainDB keeps it: of no use without the key, or to another row."""
    key = master_key.derive(LABEL)
    return encrypt(key, secret.encode(), _bound_to(person_id))


def unseal(sealed: bytes, person_id: int) -> str:
    """The secret that ``seal`` encrypted for this person.

    Raises:
        FinTrackError: it was made with another key, for another person, or changed.
    """
    key = master_key.derive(LABEL)
    try:
        return decrypt(key, sealed, _bound_to(person_id)).decode()
    except InvalidTag as error:
        raise FinTrackError from error


def find_counter(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The time step that ``code`` belongs to, or None where it is not right.

    Only steps after ``last`` are right: a code that was used, or could have been
    watched before, is never taken again.
    """
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for counter in range(present - WINDOW, present + WINDOW + 1):
        is_right = hmac.compare_digest(totp.generate_otp(counter), code)
        if is_right and counter > last:
            found = counter
    return found


def _bound_to(person_id: int) -> str:
    return f"second factor of person {person_id}"
