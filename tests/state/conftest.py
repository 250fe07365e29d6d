"""Events as the socket delivers them: through the guard, to a state of one tab."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from reflex.app_mixins.middleware import MiddlewareMixin
from reflex.istate.manager.memory import StateManagerMemory
from reflex.utils.format import format_event_handler, json_dumps
from reflex_base.event import Event, EventHandler
from reflex_base.event.processor import BaseStateEventProcessor

from fintrack.core.trusted_proxies import TrustedProxies
from fintrack.services import session_directory
from fintrack.services import turned_away as counting
from fintrack.services.database import Database
from fintrack.services.rate_limiter import RateLimiter
from fintrack.services.session_directory import SessionDirectory
from fintrack.services.turned_away import TurnedAway
from fintrack.state.guard import Guard
from tests.conftest import Clock
from tests.state.visiting import observed, visit

__all__ = ["observed", "visit"]
PROXIES = TrustedProxies.of("10.0.0.0/8")
HYDRATE = "reflex___state____state.hydrate"


@dataclass
class Tab:
    """One browser tab: sends events, and keeps what comes back."""

    processor: BaseStateEventProcessor
    turned_away: TurnedAway
    cookie: str = ""
    token: str = "tab"
    address: str = ""
    path: str = "/"
    forwarded_for: str = ""
    device: str = ""
    deltas: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    async def send(self, handler: object, **payload: object) -> None:
        is_name = isinstance(handler, str)
        name = handler if is_name else format_event_handler(cast(EventHandler, handler))
        headers = {"cookie": self.cookie, "host": "localhost:8000"}
        headers |= {"x-forwarded-for": self.forwarded_for, "user-agent": self.device}
        place = {"ip": self.address, "pathname": "/", "asPath": self.path, "query": {}}
        data = {"headers": headers, **place}
        event = Event(name=name, payload=payload, router_data=data)
        future = await self.processor.enqueue(self.token, event)
        await future.wait_all()

    @property
    def shown(self) -> str:
        return str(self.deltas)


@pytest.fixture
async def tab(home: Database, clock: Clock) -> AsyncIterator[Tab]:
    assert home
    door = MiddlewareMixin()
    directory = SessionDirectory()
    session_directory.install(directory)
    turned_away = TurnedAway()
    counting.install(turned_away)
    limiter = RateLimiter.of("", clock)
    door.add_middleware(Guard(directory, limiter, PROXIES, turned_away))
    processor = BaseStateEventProcessor(middleware=door)
    processor.configure(state_manager=StateManagerMemory())
    made = Tab(processor, turned_away)

    async def keep_delta(token: str, delta: object, **more: object) -> None:
        del token, more
        made.deltas.append(json_dumps(delta))

    async def keep_event(token: str, *events: Event, **more: object) -> None:
        del token, more
        made.scripts.extend(str(event.payload) for event in events)

    async with processor:
        context = processor._root_context
        object.__setattr__(context, "emit_delta_impl", keep_delta)
        object.__setattr__(context, "emit_event_impl", keep_event)
        await made.send(HYDRATE)
        made.deltas.clear()
        yield made
    counting.install(None)
    session_directory.install(None)
