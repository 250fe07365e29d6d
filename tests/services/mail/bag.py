"""A transport that keeps what it is given, or does what a test says."""

from collections.abc import Callable
from dataclasses import dataclass, field

from fintrack.services.mail.transport import Fate, Mail, Outcome


class Crash(BaseException):
    """The process is killed: no handler runs."""


@dataclass
class Bag:
    """``fates`` by address; ``on_send`` is called before anything is answered."""

    sent: list[Mail] = field(default_factory=list)
    fates: dict[str, Fate] = field(default_factory=dict)
    reason: str = ""
    on_send: Callable[[Mail], object] = lambda _: None
    hung_up: int = 0

    async def send(self, mail: Mail) -> Outcome:
        self.sent.append(mail)
        self.on_send(mail)
        return Outcome(self.fates.get(mail.to, Fate.SENT), self.reason)

    async def hang_up(self) -> None:
        self.hung_up += 1
