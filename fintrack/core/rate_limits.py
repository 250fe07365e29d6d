"""How much one account and one address may ask in a while: all figures are here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

MINUTE = 60
HOUR = 60 * MINUTE


class Kind(StrEnum):
    """What is counted together."""

    READ = "read"
    WRITE = "write"
    EVENT = "event"
    PACKET = "packet"
    SIGN_IN = "sign-in"
    CODE = "code"
    REGISTRATION = "registration"


@dataclass(frozen=True, slots=True)
class Figures:
    """How often within ``seconds``; ``closed`` refuses while nobody can count."""

    per_account: int
    per_address: int
    seconds: int
    closed: bool = False


# An address may be an office, so it has more than an account. Guessing is slowed down
# by the counters of tries as well, which know accounts; here floods are stopped.
LIMITS: Mapping[Kind, Figures] = MappingProxyType(
    {
        Kind.READ: Figures(600, 1800, MINUTE),
        Kind.WRITE: Figures(240, 720, MINUTE),
        Kind.EVENT: Figures(600, 1800, MINUTE),
        # Whoever goes on after the words that an event is answered with is put out.
        Kind.PACKET: Figures(1200, 1800, MINUTE),
        Kind.SIGN_IN: Figures(20, 60, MINUTE, closed=True),
        Kind.CODE: Figures(10, 30, 10 * MINUTE, closed=True),
        Kind.REGISTRATION: Figures(5, 20, HOUR, closed=True),
    }
)
