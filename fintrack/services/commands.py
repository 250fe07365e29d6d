"""The two verbs at every door: ``perform`` changes something, ``ask`` changes nothing.

A service verb joins the registry by a decorator that says its name, who may call it
and, for a command that cannot be undone, why. This module imports no verb.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, TypeVarTuple

from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 - of the pool
from sqlalchemy.ext.asyncio import AsyncSession

from fintrack.core.actor import Actor, LedgerRole, Role
from fintrack.core.errors import Busy, NotAllowed, NotFound
from fintrack.services import (
    change_sets,
    database,
    faults,
    gate,
    plans,
    refusals,
)

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Verb = TypeVar("Verb", bound=Callable[..., Awaitable[Any]])

TRIES = 3
ANYBODY = frozenset(Role)
# Who has not signed in.
NOBODY = frozenset({Role.ANONYMOUS})


@dataclass(frozen=True, slots=True)
class Work:
    """What a verb works with: its session, who acts, the instant, its change set."""

    session: AsyncSession
    actor: Actor
    now: datetime
    change_id: int = 0

    @property
    def ledger_id(self) -> int:
        """The ledger at work.

        Raises:
            NotFound: the actor has none; the gate refuses this before.
        """
        if self.actor.ledger_id is None:
            raise NotFound
        return self.actor.ledger_id

    @property
    def person_id(self) -> int:
        """The person at work.

        Raises:
            NotAllowed: nobody is signed in; the gate refuses this before.
        """
        if self.actor.person_id is None:
            raise NotAllowed
        return self.actor.person_id


@dataclass(frozen=True, slots=True)
class Spec:
    """A registered verb.

    ``final`` is the reason why it cannot be undone, ``uses`` the limits of the plan
    that it uses.
    """

    name: str
    verb: Callable[..., Awaitable[Any]]
    access: gate.Access
    final: str = ""
    changes: bool = True
    uses: tuple[str, ...] = ()

    @property
    def undoable(self) -> bool:
        """Whether its change sets can be taken back."""
        return self.changes and not self.final


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Answers questions of one actor from one instant; open it with ``snapshot``.

    ``actor`` is who the database knows, ``asked`` the same in the ledger they named.
    """

    session: AsyncSession
    actor: Actor
    now: datetime
    asked: Actor

    async def ask(
        self,
        verb: Callable[Concatenate[Work, P], Awaitable[T]],
        *arguments: P.args,
        **options: P.kwargs,
    ) -> T:
        """The answer to a question that the actor may ask; a refusal leaves a mark."""
        spec = _specs[_names[verb]]
        try:
            gate.check(self.actor, spec.access)
        except (NotAllowed, NotFound) as refusal:
            await refusals.note_refused_verb(
                self.asked, spec.name, spec.access, refusal, self.session
            )
            raise
        work = Work(self.session, self.actor, self.now)
        return await verb(work, *arguments, **options)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a command gave, and the change set that keeps it."""

    value: T
    change_id: int


_specs: dict[str, Spec] = {}
_names: dict[Callable[..., Awaitable[Any]], str] = {}


def command(
    name: str,
    *,
    ledger: LedgerRole = LedgerRole.NONE,
    roles: frozenset[Role] = gate.PEOPLE,
    final: str = "",
    uses: tuple[str, ...] = (),
    fresh: bool = False,
) -> Callable[[Verb], Verb]:
    """Registers a verb that changes something; ``uses`` are of ``plans.LIMITS``.

    ``fresh`` lets only those pass who proved a moment ago who they are (step-up).
    """
    return _registrar(name, gate.Access(roles, ledger, fresh), final=final, uses=uses)


def question(
    name: str,
    *,
    ledger: LedgerRole = LedgerRole.NONE,
    roles: frozenset[Role] = gate.PEOPLE,
) -> Callable[[Verb], Verb]:
    """Registers a verb that changes nothing."""
    return _registrar(name, gate.Access(roles, ledger), changes=False)


def registry() -> Mapping[str, Spec]:
    """All registered verbs by name."""
    return MappingProxyType(_specs)


def name_of(verb: Callable[..., Awaitable[Any]]) -> str:
    """The name under which a verb is registered."""
    return _names[verb]


async def perform(
    actor: Actor,
    verb: Callable[[Work, *Ts], Awaitable[T]],
    *arguments: *Ts,
    key: str | None = None,
) -> Done[T]:
    """Runs a command in one unit of work: all of it is kept, or nothing.

    The same ``key`` with the same input gives the first result again, also when it was
    undone: a repetition that comes late brings back nothing.

    Raises:
        FinTrackError: with a sentence for the person; nothing was changed.
    """
    spec = _specs[_names[verb]]
    for remaining in reversed(range(TRIES)):
        try:
            return await _perform_once(actor, spec, arguments, key)
        except DBAPIError as error:
            if faults.sqlstate(error) in faults.RETRIED and remaining:
                continue
            raise await change_sets.explain_fault(error, actor) from error
        except TimeoutError as error:
            raise Busy from error
        except (NotAllowed, NotFound) as refusal:
            await refusals.note_refused_verb(actor, spec.name, spec.access, refusal)
            raise
    raise AssertionError("unreachable: the last try returns or raises")


async def ask(
    actor: Actor,
    verb: Callable[Concatenate[Work, P], Awaitable[T]],
    *arguments: P.args,
    **options: P.kwargs,
) -> T:
    """Answers a question from one snapshot, in a transaction that cannot write.

    Raises:
        FinTrackError: with a sentence for the person.
    """
    async with snapshot(actor) as found:
        return await found.ask(verb, *arguments, **options)


@asynccontextmanager
async def snapshot(actor: Actor) -> AsyncIterator[Snapshot]:
    """One instant of the books for several questions, whose answers fit together.

    Raises:
        FinTrackError: with a sentence for the person.
    """
    home = database.current()
    # No page waits for the system: it proves whole books, which takes its time.
    seconds = database.WRITING_SECONDS if actor.role is Role.SYSTEM else None
    try:
        async with home.reading(seconds) as session:
            known = await gate.recognise(session, actor)
            yield Snapshot(session, known, home.clock(), actor)
    except DBAPIError as error:
        raise await change_sets.explain_fault(error, actor) from error
    except TimeoutError as error:
        raise Busy from error


async def _perform_once(
    actor: Actor, spec: Spec, arguments: tuple[Any, ...], key: str | None
) -> Done[Any]:
    home = database.current()
    # The ledger belongs to the input: a key of one ledger says nothing in another.
    said = (actor.ledger_id, *arguments)
    digest = None if key is None else change_sets.digest_input(said)
    async with home.unit_of_work() as session:
        # Admitted before the lock: a stranger must not hold up a ledger's owner.
        known = await gate.admit(session, actor, spec.access, home.clock())
        if spec.access.ledger and known.ledger_id is not None:
            await change_sets.lock_ledger(session, known.ledger_id, spec.name)
        if key is not None and digest is not None:
            earlier = await change_sets.find_earlier(
                session, known, spec.name, key, digest
            )
            if earlier:
                return Done(change_sets.revive(spec.verb, earlier), earlier.change_id)
        now = home.clock()
        change_id = await change_sets.open_change_set(
            session, known, spec.name, now, key, digest
        )
        work = Work(session, known, now, change_id)
        value = await _run_within_plan(work, spec, arguments)
        await refusals.settle(session, change_id, known, spec.name, now, value)
        if key is not None:
            await change_sets.keep_result(session, change_id, value)
    return Done(value, change_id)


async def _run_within_plan(work: Work, spec: Spec, arguments: tuple[Any, ...]) -> Any:
    """What the verb gives; counted afterwards, however many things it made."""
    found = [
        await plans.find_allowance(work.session, work.ledger_id, limit, work.now)
        for limit in spec.uses
    ]
    value = await spec.verb(work, *arguments)
    for allowed in filter(None, found):
        await plans.check_limit(work.session, work.ledger_id, allowed)
    return value


def _registrar(
    name: str,
    access: gate.Access,
    *,
    final: str = "",
    changes: bool = True,
    uses: tuple[str, ...] = (),
) -> Callable[[Verb], Verb]:
    def register(verb: Verb) -> Verb:
        if name in _specs:
            raise ValueError(f"two verbs are named {name}")
        known = replace(access, enrolling=name in gate.ENROLLING)
        _specs[name] = Spec(name, verb, known, final, changes, uses)
        _names[verb] = name
        return verb

    return register
