"""A state machine over a database of its own, walked by hypothesis."""

import asyncio
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from fintrack.services import database
from tests.conftest import Clock, TestServer


class DatabaseMachine(RuleBasedStateMachine):
    """Each walk begins with an empty clone, installed for ``perform`` and ``ask``."""

    server: TestServer

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.names = [self.server.clone(t) for t in ("template_main", "template_log")]
        main, log = (self.server.url(name) for name in self.names)
        self.home = database.connect(main, log, Clock())
        database.install(self.home)

    def run(self, coroutine: Any) -> Any:
        return self.runner.run(coroutine)

    def teardown(self) -> None:
        database.install(None)
        self.run(self.home.dispose())
        self.runner.close()
        for name in self.names:
            self.server.drop(name)


def walk(
    machine: type[DatabaseMachine], server: TestServer, *, examples: int, steps: int
) -> None:
    """Walks it so many times over databases of the server."""
    prepared = type(machine.__name__, (machine,), {"server": server})
    run_state_machine_as_test(
        prepared,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
