"""Each deed is told once: by its event, or else by its change set."""

import ast
import inspect
import textwrap

import pytest

from fintrack.services.commands import registry
from fintrack.services.trail.deeds import TOLD_BY_EVENT, is_for_strangers, words_of
from tests.api.test_registry import verbs

# The event is added where a session is opened, ended or begun.
ELSEWHERE = {
    "factor.confirm": "_note",
    "factor.renew_codes": "_note",
    "factor.switch_off": "_note",
    "program.end": "_end_session",
    "session.end_others": "add_event",
    "session.finish": "open_session",
    "session.start": "open_session",
}


def _called(command: str) -> set[str]:
    """What the verb itself calls."""
    source = textwrap.dedent(inspect.getsource(registry()[command].verb))
    calls = (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call))
    return {ast.unparse(call.func) for call in calls}


@pytest.mark.parametrize("command", sorted(TOLD_BY_EVENT - {"session.try"}))
def test_command_left_out_adds_an_event(command: str) -> None:
    assert verbs()
    assert ELSEWHERE.get(command, "add_event") in _called(command)


def test_commands_of_strangers_are_known() -> None:
    assert verbs()
    assert is_for_strangers("registration.finish")
    assert not is_for_strangers("account.open")
    assert not is_for_strangers("of a former version")


def test_event_says_nothing_else_of_itself() -> None:
    detail = {"before": "user", "person": "7", "payee": "Dr. Freud"}
    assert words_of(detail) == {"before": "user"}
