"""Circles of rules: one's new payee leads through others back to where it was.

What rules look at besides the payee (account, amount, day, direction, description) no
new payee changes. So what a rule has seen of it when it matched counts for the rule
that comes next, where it makes one sure or shuts it out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from fintrack.core.folding import fold
from fintrack.core.rules import Comparison, Condition, Field, Rule
from fintrack.core.wildcards import may_begin, touches

# Above any amount and any day.
_NO_BOUND: Final = Decimal("Infinity")
_WORDS: Final = (Field.PAYEE, Field.TEXT)


@dataclass(frozen=True, eq=False)
class _Seen:
    """A condition made ready; a book has one of each kind, which is told by identity.

    ``words`` are folded; ``beginnings`` are what they are up to each of their blanks.
    """

    condition: Condition
    field: Field
    words: str
    beginnings: tuple[str, ...]
    least: Decimal
    most: Decimal

    @classmethod
    def of(cls, one: Condition) -> "_Seen":
        least = -_NO_BOUND if one.least is None else one.least
        most = _NO_BOUND if one.most is None else one.most
        words = fold(one.words)
        parts = words.split(" ")
        beginnings = tuple(" ".join((*parts[:n], "")) for n in range(1, len(parts)))
        return cls(one, one.field, words, beginnings, least, most)


# What may be known of a transaction: all conditions of one of these hold.
_Cases = tuple[frozenset[_Seen], ...]
_NOTHING: Final[_Cases] = (frozenset(),)


class _State(NamedTuple):
    """A transaction after a rule gave it a payee, and what its match tells of it."""

    rule_id: int
    known: _Cases


class _Match(NamedTuple):
    """A rule that may match a payee: where ``cases`` hold, which then stay ``known``.

    The payee that it gives is ``payee``, folded.
    """

    rule_id: int
    payee: str
    cases: _Cases
    known: _Cases


def find_circles(rules: Sequence[Rule]) -> frozenset[int]:
    """The rules after which others may go on to rename for ever.

    From a payee each rule that may match is followed, up to the first that surely does.
    What one rule has seen counts for the next one only, which keeps it polynomial: a
    rule has no more states than there are payees, and each state goes over the rules
    once; where some never end, these are looked at once more, pair by pair.
    """
    book = _Book([rule for rule in rules if rule.actions.payee])
    graph: dict[_State, list[_State]] = {}
    waiting = list(book.starts())
    while waiting:
        state = waiting.pop()
        if state not in graph:
            graph[state] = list(book.steps(state))
            waiting += graph[state]
    endless = _endless(graph)
    closer = {
        state: [one for one in book.steps(state, closely=True) if one in endless]
        for state in endless
    }
    return frozenset(state.rule_id for state in _endless(closer))


class _Book:
    """The rules that rename, in their order, with what they match."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._payees = {rule.id: fold(rule.actions.payee) for rule in rules}
        distinct = dict.fromkeys(one for rule in rules for one in rule.conditions)
        seen = {one: _Seen.of(one) for one in distinct}
        self._asked = [[seen[one] for one in rule.conditions] for rule in rules]
        self._matches: dict[str, list[_Match]] = {}

    def starts(self) -> Iterator[_State]:
        """After each rule, whatever the payee was before."""
        for rule, asked in zip(self._rules, self._asked, strict=True):
            unread = [one for one in asked if one.field not in _WORDS]
            if rule.needs_all:
                yield _State(rule.id, (frozenset(unread),))
            elif len(unread) == len(asked):
                yield _State(rule.id, tuple(frozenset([one]) for one in unread))
            else:
                yield _State(rule.id, _NOTHING)

    def steps(self, state: _State, *, closely: bool = False) -> Iterator[_State]:
        """What may come next, nothing where the payee stays.

        ``closely`` sees too that one before it surely matches wherever a rule does.
        """
        payee, known = self._payees[state.rule_id], state.known
        passed: list[_Cases] = []
        for match in self._matching(payee):
            if not _may_hold(match.cases, known):
                continue
            if match.payee != payee and not (
                closely and _is_held(passed, _joined(known, match.cases))
            ):
                yield _State(match.rule_id, match.known)
            if _must_hold(match.cases, known):
                break
            passed.append(match.cases)

    def _matching(self, payee: str) -> list[_Match]:
        found = self._matches.get(payee)
        if found is None:
            found = self._matches[payee] = [
                _Match(rule.id, self._payees[rule.id], cases, _lasting(cases, payee))
                for rule, asked in zip(self._rules, self._asked, strict=True)
                if (cases := _cases(asked, payee, needs_all=rule.needs_all))
            ]
        return found


def _endless(graph: Mapping[_State, Collection[_State]]) -> set[_State]:
    """Those from which a way leads into a circle."""
    left = {state: len(after) for state, after in graph.items()}
    before: dict[_State, list[_State]] = defaultdict(list)
    for state, after in graph.items():
        for one in after:
            before[one].append(state)
    ended = [state for state, number in left.items() if not number]
    # It grows while it is read: what leads to ends only ends as well.
    for state in ended:
        for one in before[state]:
            left[one] -= 1
            if not left[one]:
                ended.append(one)
    return set(graph) - set(ended)


def _cases(asked: Sequence[_Seen], payee: str, *, needs_all: bool) -> _Cases:
    """When a rule that asks this matches the payee: none where it cannot."""
    told = [(one, _tells(one, payee)) for one in asked]
    unclear = [one for one, answer in told if answer is None]
    if needs_all:
        is_out = any(answer is False for _, answer in told)
        return () if is_out else (frozenset(unclear),)
    if any(answer for _, answer in told):
        return _NOTHING
    return tuple(frozenset([one]) for one in unclear)


def _tells(one: _Seen, payee: str) -> bool | None:
    """Whether it holds for this payee, which is folded; None where more decides."""
    match one.field:
        case Field.PAYEE:
            return one.condition.compares(payee)
        case Field.TEXT:
            return _tells_text(one, payee)
        case _:
            return None


def _tells_text(one: _Seen, payee: str) -> bool | None:
    """The same for payee and description; nothing is known of the latter."""
    is_whole = one.condition.compares(payee)
    match one.condition.test:
        case Comparison.CONTAINS:
            is_sure, may_be = is_whole, True
        case Comparison.STARTS:
            is_sure, may_be = is_whole, one.words.startswith(f"{payee} ")
        case Comparison.EQUALS:
            is_sure, may_be = False, is_whole or one.words.startswith(f"{payee} ")
        case _:
            is_sure = is_whole and one.words.endswith("*")
            may_be = is_whole or may_begin(f"{payee} ", one.condition.words)
    if is_sure:
        return True
    return None if may_be or not payee else False


def _lasting(cases: _Cases, payee: str) -> _Cases:
    """What stays true of a match whatever payee comes after ``payee``."""
    return tuple(frozenset(one for one in case if _lasts(one, payee)) for case in cases)


def _lasts(one: _Seen, payee: str) -> bool:
    """Not where the payee had a part in it: "amazon prime" of Amazon, "Prime 4711"."""
    if one.field is not Field.TEXT:
        return True
    test, words = one.condition.test, one.condition.words
    if test is Comparison.CONTAINS:
        return not f"{payee} ".endswith(one.beginnings)
    if test is Comparison.PATTERN and not one.condition.compares(payee):
        return not touches(f"{payee} ", words)
    return False


def _may_hold(cases: _Cases, known: _Cases) -> bool:
    return any(_fit(facts, case) for facts in known for case in cases)


def _must_hold(cases: _Cases, known: _Cases) -> bool:
    for facts in known:
        if not any(case <= facts or _follows(case, facts) for case in cases):
            return False
    return True


def _is_held(passed: Collection[_Cases], known: _Cases) -> bool:
    return any(_must_hold(cases, known) for cases in passed)


def _joined(known: _Cases, cases: _Cases) -> _Cases:
    """What is known where the cases hold too."""
    return tuple(facts | case for facts in known for case in cases if _fit(facts, case))


def _fit(facts: Collection[_Seen], case: Collection[_Seen]) -> bool:
    """Whether one transaction may fulfil both."""
    for one in case:
        if one.field not in _WORDS and any(_apart(one, other) for other in facts):
            return False
    return True


def _follows(case: Collection[_Seen], facts: Collection[_Seen]) -> bool:
    """Whether all of the case holds, by itself or because a narrower range does."""
    for one in case:
        if one not in facts and not (
            one.condition.test is Comparison.BETWEEN
            and any(
                one.field is other.field
                and one.least <= other.least
                and other.most <= one.most
                for other in facts
            )
        ):
            return False
    return True


def _apart(one: _Seen, other: _Seen) -> bool:
    if one.field is not other.field:
        return False
    if one.condition.test is Comparison.BETWEEN:
        return other.most < one.least or one.most < other.least
    # Two distinct ones: another account, or the other direction.
    return one is not other
