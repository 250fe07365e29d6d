"""Circles of rules: one's new payee leads through others back to where it was.

What rules look at besides the payee (account, amount, day, direction, description) no
new payee changes. So what a rule has seen of it when it matched counts for the rule
that comes next, where it makes one sure or shuts it out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final, NamedTuple

from fintrack.core.folding import fold
from fintrack.core.rule_cases import (
    Asked,
    Cases,
    joined,
    lasts,
    may_hold,
    must_hold,
    plain,
    tells,
)
from fintrack.core.rules import Comparison, Rule

# So many conditions are compared with others, about, which takes seconds. 500 rules
# with five conditions each, as people write them, need three quarters.
MOST_LOOKS: Final = 20_000_000
# So many letters of words are compared with payees, about, which takes seconds too. 500
# rules with two patterns each, as people write them, need half.
MOST_LETTERS: Final = 200_000_000
# A pattern takes as long as so many letters, however short it is.
LEAST_OF_A_PATTERN: Final = 128


class _State(NamedTuple):
    """A transaction after the rule at ``place`` gave it a payee.

    ``known`` are conditions of the rule, a bit each, that hold of it: all of these, or
    one where the rule asks for one. Sets of them would be more than fits into memory.
    """

    place: int
    known: int


class _Match(NamedTuple):
    """A rule that may match a payee, surely where none of its conditions is unclear.

    ``unclear`` has a bit for each that is; ``kept`` those that stay true.
    """

    place: int
    unclear: int
    kept: int


_Ways = dict[_State, list[_State]]


class _Step(NamedTuple):
    """A state that comes next, when it does, and when others match before.

    ``passed`` grows: it is read before the next step is asked for.
    """

    after: _State
    cases: Cases
    passed: list[Cases]


class _Room:
    """How much may still be compared."""

    def __init__(self, left: int) -> None:
        self._left = left

    def has(self, looks: int) -> bool:
        """Whether so much may be compared now; nothing more once it was too much."""
        self._left -= looks
        return self._left >= 0


def find_circles(rules: Sequence[Rule]) -> frozenset[int]:
    """The rules after which others may go on to rename for ever.

    From a payee each rule that may match is followed, up to the first that surely does.
    What one rule has seen counts for the next one only, so a rule has no more states
    than there are payees. Where some never end, these are looked at once more, pair by
    pair. A book that would take too long is looked at with less knowledge: no circle
    goes unseen, but what knowledge would rule out counts as one.
    """
    book = _Book([rule for rule in rules if rule.actions.payee])
    ways = _find_ways(book)
    closer = _look_closely(book, ways, _endless(ways))
    return frozenset(book.rules[state.place].id for state in _endless(closer))


class _Book:
    """The rules that rename, in their order, with what they match."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.payees = [fold(rule.actions.payee) for rule in rules]
        distinct = {plain(one) for rule in rules for one in rule.conditions}
        ready = {one: Asked.of(one) for one in distinct}
        self._asked = [[ready[plain(one)] for one in rule.conditions] for rule in rules]
        self._size = len(rules) + sum(map(len, self._asked))
        self._unread = [
            sum((not one.reads_words) << number for number, one in enumerate(asked))
            for asked in self._asked
        ]
        self._letters = _Room(MOST_LETTERS)
        self._matches: dict[str, list[_Match]] = {payee: [] for payee in self.payees}
        # Rule by rule, so that a pattern is compiled once for all payees.
        for place in range(len(rules)):
            for payee, matches in self._matches.items():
                matches.extend(self._match(place, payee))

    def looks(self, state: _State) -> int:
        """How much is compared, about, to see what comes after it.

        Words are told by one look; an account or range is held against all there are.
        A state of which nothing is known costs nothing: a rule has one at most.
        """
        if not state.known:
            return 0
        unread = state.known & self._unread[state.place]
        return (1 + unread.bit_count()) * self._size

    def starts(self) -> Iterator[_State]:
        """After each rule, whatever the payee was before."""
        for place, asked in enumerate(self._asked):
            bits = (1 << len(asked)) - 1
            yield _State(place, self._kept(place, bits, self._unread[place]))

    def cases(self, place: int, bits: int) -> Cases:
        """What these conditions of a rule say together."""
        picked = [one for n, one in enumerate(self._asked[place]) if bits >> n & 1]
        if self.rules[place].needs_all or not picked:
            return (frozenset(picked),)
        return tuple(frozenset([one]) for one in picked)

    def steps(self, state: _State) -> Iterator[_Step]:
        """What may come next, nothing where the payee stays."""
        payee, known = self.payees[state.place], self.cases(*state)
        passed: list[Cases] = []
        for match in self._matches[payee]:
            cases = self.cases(match.place, match.unclear)
            if not may_hold(cases, known):
                continue
            if self.payees[match.place] != payee:
                yield _Step(_State(match.place, match.kept), cases, passed)
            if must_hold(cases, known):
                return
            passed.append(cases)

    def _match(self, place: int, payee: str) -> Iterator[_Match]:
        """How the rule matches the payee, if it may.

        What there is no room to compare may hold or not, and need not go on to.
        """
        needs_all, unclear, lasting = self.rules[place].needs_all, 0, 0
        for number, one in enumerate(self._asked[place]):
            is_read = not one.reads_words or self._letters.has(_letters(one, payee))
            answer = tells(one, payee) if is_read else None
            if answer is None:
                unclear |= 1 << number
                lasting |= (is_read and lasts(one, payee)) << number
            elif answer is not needs_all:
                # It decides alone: one of all that fails, or any one that holds.
                if answer:
                    yield _Match(place, 0, 0)
                return
        if needs_all or unclear:
            yield _Match(place, unclear, self._kept(place, unclear, lasting))

    def _kept(self, place: int, bits: int, lasting: int) -> int:
        """Of the conditions that hold those that go on to, where these are lasting."""
        if self.rules[place].needs_all:
            return bits & lasting
        # It may be any of them that holds, also one that does not last.
        return bits if bits & lasting == bits else 0


def _letters(one: Asked, payee: str) -> int:
    """How many letters are compared, about, to see what a payee tells of its words.

    A pattern may try all of its own at each letter of the payee.
    """
    if one.condition.test is not Comparison.PATTERN:
        return len(payee)
    return max(len(payee) * len(one.words), LEAST_OF_A_PATTERN)


def _find_ways(book: _Book) -> _Ways:
    """Each state, and those to which it leads.

    What is known is dropped where there is no room for it; a rule has one state then.
    """
    room = _Room(MOST_LOOKS)
    ways: _Ways = {}
    # Each state once, for in all that lead to it they would fill the memory.
    found: dict[_State, _State] = {}
    waiting: list[_State] = []

    def reach(state: _State) -> _State:
        if state not in found and not room.has(book.looks(state)):
            state = _State(state.place, 0)
        if state not in found:
            waiting.append(state)
        return found.setdefault(state, state)

    for start in book.starts():
        reach(start)
    while waiting:
        state = waiting.pop()
        ways[state] = [reach(step.after) for step in book.steps(state)]
    return ways


def _look_closely(book: _Book, ways: _Ways, endless: Collection[_State]) -> _Ways:
    """The ways of what is endless, without those that are none.

    What there is no room for stays.
    """
    room = _Room(MOST_LOOKS)
    closer: _Ways = {}
    for state in endless:
        known = book.cases(*state)
        steps = book.steps(state) if room.has(book.looks(state)) else repeat(None)
        closer[state] = [
            after
            for after, step in zip(ways[state], steps, strict=False)
            if after in endless and not (step and _is_hidden(known, step, room))
        ]
    return closer


def _is_hidden(known: Cases, step: _Step, room: _Room) -> bool:
    """Whether one that stands before surely matches wherever the step is taken."""
    if not room.has(len(known) * len(step.cases)):
        return False
    both = joined(step.cases, known)
    size = sum(map(len, both))
    for one in step.passed:
        if not room.has(size * sum(map(len, one))):
            return False
        if must_hold(one, both):
            return True
    return False


def _endless(ways: Mapping[_State, Collection[_State]]) -> set[_State]:
    """Those from which a way leads into a circle."""
    left = {state: len(after) for state, after in ways.items()}
    before: dict[_State, list[_State]] = defaultdict(list)
    for state, after in ways.items():
        for one in after:
            before[one].append(state)
    ended = [state for state, number in left.items() if not number]
    # It grows while it is read: what leads to ends only ends as well.
    for state in ended:
        for one in before[state]:
            left[one] -= 1
            if not left[one]:
                ended.append(one)
    return set(ways) - set(ended)
