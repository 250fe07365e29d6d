"""What becomes of each kind of secret; a label that is missing here fails the build."""

from dataclasses import dataclass

from fintrack.core.audit_chain import HEAD_LABEL
from fintrack.services import blobs, codes, places
from fintrack.services.backups import sealing as backup_sealing
from fintrack.services.factor import recovery, secret
from fintrack.services.mail import sealing
from fintrack.services.programs import access_tokens
from fintrack.services.trail import keys


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of values encrypted under one label.

    ``place`` is the SQL for what each value is bound to.
    """

    label: str
    table: str
    column: str
    place: str


SEALED = (
    Sealed(
        secret.LABEL,
        "second_factor",
        "secret",
        "'second factor of person ' || person_id",
    ),
    Sealed(sealing.LABEL, "letter", "sealed", "reference"),
    Sealed(keys.KEY_LABEL, "trail_key", "wrapped", "owner || ' ' || owner_id"),
    Sealed(recovery.FORMER_LABEL, "key_exchange", "recovery_key", "former_fingerprint"),
)

# Of the labels whose values are not in a column, what an exchange does with them.
OTHERS: dict[str, str] = {
    blobs.LABEL: "each file is sealed anew",
    backup_sealing.LABEL: "backups of before stay as they are and want the former key",
    recovery.LABEL: "the key is handed on, encrypted: the codes stay good",
    HEAD_LABEL: "the public key is handed on, signed by the next one",
    codes.LABEL: "codes on their way end; one asks for another",
    access_tokens.KEY_LABEL: "access tokens end; a refresh token gives another",
    places.LABEL: "counters have other names, so they start anew",
    "fingerprint": "the new key's takes its place",
}
