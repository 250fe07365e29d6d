"""docs/security.md says what the code does: figures, ways in, keys, events."""

import re
from pathlib import Path

from fintrack.api import bodies, packets, uploads
from fintrack.cli import process_log
from fintrack.core import attachment, one_time_code, password_rules, picture
from fintrack.core.actor import Role
from fintrack.core.one_time_code import Purpose
from fintrack.core.rate_limits import LIMITS, MINUTE, Kind
from fintrack.core.settings import Settings
from fintrack.services import codes, gate, sessions, tries
from fintrack.services.change_sets import UNDO_DAYS
from fintrack.services.code_counters import LETTER_EVERY
from fintrack.services.commands import registry
from fintrack.services.factor.recovery import CODE_BYTES
from fintrack.services.programs.access_tokens import TokenRules
from fintrack.services.programs.refresh_tokens import GRACE
from fintrack.state.trail import EVENT_NAMES
from tests.api.test_registry import verbs
from tests.house import sources

ROOT = Path(__file__).parents[1]
PAGE_LINES = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PAGE = " ".join(PAGE_LINES.split())
LEAKED = password_rules.BREACHED.read_text(encoding="utf-8").split()
CODE = {path: (ROOT / path).read_text(encoding="utf-8") for path in sources(ROOT)}
PACKETS = LIMITS[Kind.PACKET]
LONG_BITS = one_time_code.LENGTH * 5
LABELS = re.compile(r'^(?:\w+_)?LABEL = "([^"]+)"$', re.MULTILINE)
# By the name of the verb that opens a session or gives a password anew.
WAYS = {
    "registration.finish": "registering",
    "reset.finish": "a forgotten password",
    "session.finish": "the code of the second factor",
    "session.prove": "step-up",
    "session.start": "signing in",
    "program.start": "a program",
    "setup.create_first_admin": "the first setup",
}
WEAK = re.compile(
    r"\b(?:md5|DES|RC4|ARC4|Blowfish|ECB|CBC|PKCS1v15|modes\.|algorithms\.)\b|\bsha1\b"
)


def test_figures_are_those_of_the_code() -> None:
    minutes = {purpose: purpose.valid.seconds // 60 for purpose in Purpose}
    said = (
        f"have {password_rules.MIN_LENGTH} characters or more",
        f"({password_rules.MIN_LENGTH_BESIDE_A_FACTOR} beside a second factor)",
        f"at most {password_rules.MAX_LENGTH}",
        f"core/data/{password_rules.COMMON.name}",
        f"core/data/{password_rules.BREACHED.name}`: {len(LEAKED):,} whole",
        f"{sum(len(one) >= password_rules.MIN_LENGTH for one in LEAKED):,} of them",
        f"account and {tries.FREE_TRIES_OF_A_PLACE} for an address",
        f"doubles from {tries.FIRST_DELAY.seconds} seconds",
        f"to {tries.LONGEST_DELAY.seconds // 60} minutes",
        f"lives {minutes[Purpose.REGISTER]} minutes (registration)",
        f"or {minutes[Purpose.RESET]} (reset",
        f"it has {one_time_code.LENGTH} letters and digits ({LONG_BITS} random",
        f"up to one in {LETTER_EVERY.seconds // 60} minutes for one e-mail",
        f"within {GRACE.seconds} seconds",
        f"{sessions.IDLE.days} days after its last use",
        f"{sessions.ABSOLUTE.days} days after its start",
        f"lives {TokenRules().lifetime.seconds // 60} minutes, and no longer",
        f"{sessions.TOKEN_BYTES * 8} random bits",
        f"codes of {CODE_BYTES * 8} random bits",
        "There may be any number at once",
        f"for its address ({PACKETS.per_address:,} a minute)",
        f"its person ({PACKETS.per_account:,})",
        f"more than {packets.MOST_CHARACTERS:,} characters",
        f"at most {uploads.MOST} files at once",
        f"pauses for {bodies.GRACE_SECONDS} seconds",
        f"each {bodies.BYTES_A_SECOND // 1024} KiB",
        f"at most {process_log.MOST_LINES} lines a minute",
        f"more than {process_log.LONGEST:,} characters",
        f"at most {process_log.LONGEST_REPORT} characters",
    )
    assert [words for words in said if words not in PAGE] == []
    assert (tries.FREE_TRIES, codes.MAX_TRIES, gate.FRESH.seconds // 60) == (5, 5, 5)
    assert PACKETS.seconds == process_log.SECONDS == MINUTE
    assert minutes[Purpose.EMAIL] == minutes[Purpose.RESET]
    assert Purpose.RESET.valid == 2 * LETTER_EVERY


def test_kinds_of_files_are_those_of_the_code() -> None:
    (line,) = re.findall(r"\| an attachment \|[^\n]+", PAGE_LINES)
    names = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
    for kind in attachment.KINDS:
        assert names.get(kind.media_type, "WebP") in line
    mib = Settings.model_fields["attachment_max_bytes"].default // 1024**2
    said = (
        f"`FINTRACK_ATTACHMENT_MAX_BYTES` ({mib} MiB)",
        f"{picture.MAX_PIXELS // 10**6} million pixels",
        f"{attachment.MAX_COUNT} on a transaction",
    )
    assert [words for words in said if words not in line] == []
    assert f"after {UNDO_DAYS} days." in PAGE
    assert (
        f"own picture | JPEG, PNG, WebP; the name is not asked for | {mib} MiB" in PAGE
    )
    assert mib * 1024**2 == picture.MAX_BYTES


def test_every_way_to_sign_in_is_described() -> None:
    """A verb for nobody that changes something is a way in, or a step to one."""
    steps = {"registration.begin", "reset.begin", "reset.prove", "session.try"}
    after = {"code.resend", "program.refresh", "program.end"}
    outside = {
        name
        for name in verbs()
        if (spec := registry()[name]).changes and Role.ANONYMOUS in spec.access.roles
    }
    assert outside <= WAYS.keys() | steps | after
    assert [words for words in WAYS.values() if words not in PAGE] == []


def labels_of_the_code() -> set[str]:
    found = {label for text in CODE.values() for label in LABELS.findall(text)}
    return {*found, "fingerprint"}


def test_each_key_is_in_the_inventory() -> None:
    listed = re.findall(r"\| `([a-z -]+)` \| (?:HMAC|AES|Ed25519|HKDF)", PAGE)
    assert set(listed) == labels_of_the_code()


def test_each_security_event_is_in_the_inventory() -> None:
    _, _, listed = PAGE.partition("Security events: ")
    assert set(re.findall(r"`([a-z-]+)`", listed)) == EVENT_NAMES.keys()


def test_no_weak_primitive_is_in_the_code() -> None:
    found = {str(path): WEAK.findall(text) for path, text in CODE.items()}
    assert {path: words for path, words in found.items() if words} == {}
