"""A command that refuses is told once, as what it was, and never as a deed."""

from dataclasses import dataclass
from inspect import isclass
from typing import Any, get_args, get_type_hints

import pytest
from sqlalchemy import text

from fintrack.core.actor import SYSTEM, Actor, LedgerRole
from fintrack.core.errors import NotFound
from fintrack.services import security_events
from fintrack.services.changes import list_changes, undo_change
from fintrack.services.commands import Work, ask, command, perform, registry
from fintrack.services.database import Database
from fintrack.services.refusals import Refused
from fintrack.services.staff.reading import TrailEntry, search_trail
from fintrack.services.staff.searching import KINDS, TrailFilter
from fintrack.services.trail.own import Trace, list_own_trail
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.verifying import verify_trail
from fintrack.state.amounts import Reader
from fintrack.state.command_names import COMMAND_NAMES
from fintrack.state.trail import tell_deed
from tests.api.test_registry import verbs
from tests.books import Books
from tests.conftest import Clock
from tests.services.refusing import WAYS, Scene, Way
from tests.services.staff.fresh import make_staff
from tests.services.test_sessions import open_session
from tests.services.trail.log_rows import Log

ALL = [(name, way) for name, ways in WAYS.items() for way in ways]
IDS = [way.arrange.__name__ for _, way in ALL]
DEEDS = {Reader().say(name) for name in COMMAND_NAMES.values()}


@dataclass(frozen=True, slots=True)
class Wrong(Refused):
    """What the commands of these tests refuse with."""

    times: int


_calls: list[str] = []


@command("test.refuse", ledger=LedgerRole.EDITOR)
async def refuse(work: Work, code: str) -> Wrong | None:
    _calls.append(code)
    if code == "busy" and len(_calls) == 1:
        detail = {"command": "test.refuse"}
        await security_events.add_event(
            work.session, "refused", work.now, work.actor, detail=detail
        )
        clash = "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"
        await work.session.execute(text(clash))
    return None if code == "right" else Wrong(len(_calls))


@command("test.refuse_late", ledger=LedgerRole.EDITOR)
async def refuse_late(work: Work) -> Wrong:
    changed = text("UPDATE person SET last_name = 'X' WHERE id = :id")
    await work.session.execute(changed, {"id": work.person_id})
    return Wrong(1)


@pytest.fixture(autouse=True)
def forget_calls() -> None:
    _calls.clear()


@pytest.fixture
async def scene(home: Database, clock: Clock) -> Scene:
    return Scene(home, clock, (await open_session()).actor)


def _parts(name: str) -> tuple[Any, ...]:
    said = get_type_hints(registry()[name].verb)["return"]
    return tuple(one for one in (said, *get_args(said)) if isclass(one))


def _commands() -> list[str]:
    return [name for name in sorted(verbs()) if registry()[name].changes]


def test_each_command_that_can_refuse_is_tried_in_its_ways() -> None:
    """A new one has no entry in ``WAYS``, and fails here."""
    refusing = {
        name
        for name in _commands()
        if any(issubclass(one, Refused) for one in _parts(name))
    }
    assert refusing == set(WAYS)


def test_whatever_is_called_refused_is_known_as_such_to_perform() -> None:
    strays = {
        one
        for name in _commands()
        for one in _parts(name)
        if any(word in one.__name__ for word in ("Refus", "Wrong", "Denied"))
        and not issubclass(one, Refused)
    }
    assert strays == set()


async def _own(home: Database, actor: Actor) -> dict[tuple[bool, int], Trace]:
    async with home.reading() as session:
        page = await list_own_trail(Work(session, actor, home.clock()))
    return {(one.is_event, one.id): one for one in page.traces}


async def _of_staff(admin: Books, kind: str = "") -> dict[int, TrailEntry]:
    """The chain without the looks of the admin themselves."""
    await ship_trail()
    page = (
        await perform(admin.actor, search_trail, TrailFilter(kind=kind), None)
    ).value
    assert page.below is None
    return {one.position: one for one in page.entries if one.what != "trail-searched"}


@pytest.mark.parametrize(("name", "way"), ALL, ids=IDS)
async def test_refusal_is_one_true_line_and_no_deed(
    scene: Scene, name: str, way: Way
) -> None:
    """I31: on one's own page, over REST, which asks the same, and for the staff."""
    act = await way.arrange(scene)
    admin = await make_staff(scene.home, "root@example.org")
    own, staff = await _own(scene.home, scene.ada), await _of_staff(admin)
    outcome = await act()
    assert isinstance(outcome, Refused), name
    lines = await _of_staff(admin)
    (new,) = lines.keys() - staff.keys()
    line = lines[new]
    told = tell_deed(line.what, line.refused, Reader(), {}, is_event=line.is_event)
    assert (told, told in DEEDS) == (way.said, False)
    now = await _own(scene.home, scene.ada)
    mine = [now[key] for key in now.keys() - own.keys()]
    told = [(one.is_event, one.what, one.refused) for one in mine]
    assert told == [(True, line.what, line.refused)] * way.is_adas
    found = {
        kind: (await _of_staff(admin, kind)).keys() - staff.keys() for kind in KINDS
    }
    assert [kinds for kinds in found.values() if kinds] == [{new}]
    assert (await ask(SYSTEM, verify_trail)).breach is None


async def test_change_set_itself_says_that_nothing_was_done(
    books: Books,
) -> None:
    log = Log(books.home)
    wrong = await perform(books.actor, refuse, "wrong")
    right = await perform(books.actor, refuse, "right")
    found = await books.rows("SELECT id, refused FROM change_set WHERE refused")
    assert [row.id for row in found] == [wrong.change_id]
    await ship_trail()
    heads = {
        row.source_id: opened.head["what"]
        for row, opened in zip(await log.rows(), await log.opened(), strict=True)
        if row.source == "change_set"
    }
    assert heads[wrong.change_id] == "refused.test.refuse"
    assert heads[right.change_id] == "test.refuse"


async def test_history_of_the_books_leaves_it_out(books: Books) -> None:
    wrong = await perform(books.actor, refuse, "wrong")
    await books.open("Bank")
    (shown,) = await ask(books.actor, list_changes)
    assert shown.command == "account.open"
    with pytest.raises(NotFound):
        await perform(books.actor, undo_change, wrong.change_id)


async def test_same_key_refuses_again_without_another_line(books: Books) -> None:
    first = await perform(books.actor, refuse, "wrong", key="k")
    assert await perform(books.actor, refuse, "wrong", key="k") == first
    assert (_calls, first.value) == (["wrong"], Wrong(1))
    assert len(await books.rows("SELECT FROM security_event")) == 1


async def test_refusal_that_was_tried_twice_is_told_once(books: Books) -> None:
    assert (await perform(books.actor, refuse, "busy")).value == Wrong(2)
    (event,) = await books.rows("SELECT kind, detail FROM security_event")
    assert (event.kind, event.detail) == ("refused", {"command": "test.refuse"})
    assert len(await books.rows("SELECT FROM change_set WHERE refused")) == 1


async def test_refusal_must_not_have_changed_anything(books: Books) -> None:
    before = await books.snapshot()
    with pytest.raises(RuntimeError, match="changed something"):
        await perform(books.actor, refuse_late)
    assert await books.snapshot() == before
