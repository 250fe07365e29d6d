"""Who acts: the person, their role, the ledger and their role in it."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a person is on this installation."""

    ANONYMOUS = "anonymous"
    USER = "user"
    SUPPORT = "support"
    OPERATOR = "operator"
    ANALYST = "analyst"
    ADMIN = "admin"
    SYSTEM = "system"


STAFF = frozenset({Role.SUPPORT, Role.OPERATOR, Role.ANALYST, Role.ADMIN})


class LedgerRole(IntEnum):
    """What a person may do in a ledger; a higher one includes the lower ones."""

    NONE = 0
    VIEWER = 1
    EDITOR = 2
    OWNER = 3


@dataclass(frozen=True, slots=True)
class Where:
    """Where a request comes from, and what the browser or program says it is."""

    address: str = ""
    device: str = ""


NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who asks. A door makes it; ``perform`` and ``ask`` check it again.

    ``session_id`` is the session that the door found them by; the gate asks it when
    they last proved who they are. ``lacks_factor`` is of the gate's own reading.
    ``where`` is told by what was refused to them; it makes nobody another.
    """

    person_id: int | None = None
    role: Role = Role.ANONYMOUS
    ledger_id: int | None = None
    ledger_role: LedgerRole = LedgerRole.NONE
    session_id: int | None = None
    lacks_factor: bool = False
    where: Where = field(default=NOWHERE, compare=False)


ANONYMOUS = Actor()
SYSTEM = Actor(role=Role.SYSTEM)
