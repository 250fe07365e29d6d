"""What may be known of a transaction: conditions of rules that hold of it."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fintrack.core.folding import fold
from fintrack.core.rules import Comparison, Condition, Field
from fintrack.core.wildcards import may_begin, touches

# Above any amount and any day.
_NO_BOUND: Final = Decimal("Infinity")


@dataclass(frozen=True, eq=False)
class Asked:
    """A condition made ready; a book has one of each kind, which is told by identity.

    ``reads_words`` where it looks at what a new payee changes. ``words`` are folded;
    ``beginnings`` are what they are up to each of their blanks.
    """

    condition: Condition
    field: Field
    reads_words: bool
    words: str
    beginnings: tuple[str, ...]
    least: Decimal
    most: Decimal

    @classmethod
    def of(cls, one: Condition) -> "Asked":
        """The condition made ready."""
        words = fold(one.words)
        parts = words.split(" ")
        return cls(
            condition=one,
            field=one.field,
            reads_words=one.field in (Field.PAYEE, Field.TEXT),
            words=words,
            beginnings=tuple(" ".join((*parts[:n], "")) for n in range(1, len(parts))),
            least=-_NO_BOUND if one.least is None else one.least,
            most=_NO_BOUND if one.most is None else one.most,
        )


# All conditions of one of these hold; where one is empty, nothing is known.
Cases = tuple[frozenset[Asked], ...]


def plain(one: Condition) -> Condition:
    """The condition without what its field does not look at: two that ask one are one.

    A person may have chosen an account where words were typed before.
    """
    match one.field:
        case Field.ACCOUNT:
            return Condition(one.field, one.test, account_id=one.account_id)
        case Field.AMOUNT | Field.DAY:
            return Condition(one.field, one.test, least=one.least, most=one.most)
        case _:
            return Condition(one.field, one.test, one.words)


def tells(one: Asked, payee: str) -> bool | None:
    """Whether it holds for this payee, which is folded; None where more decides."""
    if not one.reads_words:
        return None
    test = one.condition.test
    if one.field is Field.PAYEE:
        return one.condition.compares(payee)
    # Nothing is known of the description behind it.
    if test is Comparison.CONTAINS:
        return one.words in payee or None
    is_sure = is_whole = one.condition.compares(payee)
    match test:
        case Comparison.STARTS:
            may_be = one.words.startswith(f"{payee} ")
        case Comparison.EQUALS:
            is_sure = False
            may_be = is_whole or one.words.startswith(f"{payee} ")
        case _:
            is_sure = is_whole and one.words.endswith("*")
            may_be = is_whole or may_begin(f"{payee} ", one.condition.words)
    if is_sure:
        return True
    return None if may_be or not payee else False


def lasts(one: Asked, payee: str) -> bool:
    """Whether it holds on whatever payee comes after ``payee``.

    Not where the payee had a part in it: "amazon prime" of Amazon, "Prime 4711".
    """
    if not one.reads_words:
        return True
    if one.field is Field.PAYEE:
        return False
    test, words = one.condition.test, one.condition.words
    if test is Comparison.CONTAINS:
        return not f"{payee} ".endswith(one.beginnings)
    if test is Comparison.PATTERN and not one.condition.compares(payee):
        return not touches(f"{payee} ", words)
    return False


def may_hold(cases: Cases, known: Cases) -> bool:
    """Whether one transaction may fulfil both."""
    return any(_fit(case, facts) for facts in known for case in cases)


def must_hold(cases: Cases, known: Cases) -> bool:
    """Whether each transaction that is known so fulfils the cases."""
    return all(any(_follows(case, facts) for case in cases) for facts in known)


def joined(cases: Cases, known: Cases) -> Cases:
    """What is known where the cases hold too."""
    return tuple(case | facts for facts in known for case in cases if _fit(case, facts))


def _fit(case: Collection[Asked], facts: Collection[Asked]) -> bool:
    for one in case:
        if not one.reads_words and any(_apart(one, other) for other in facts):
            return False
    return True


def _follows(case: Collection[Asked], facts: Collection[Asked]) -> bool:
    """Whether all of the case holds, by itself or because a narrower range does."""
    for one in case:
        if one not in facts and (
            one.reads_words or not any(_is_within(other, one) for other in facts)
        ):
            return False
    return True


def _is_within(one: Asked, other: Asked) -> bool:
    return (
        one.field is other.field
        and one.condition.test is Comparison.BETWEEN
        and other.least <= one.least
        and one.most <= other.most
    )


def _apart(one: Asked, other: Asked) -> bool:
    if one.field is not other.field:
        return False
    if one.condition.test is Comparison.BETWEEN:
        return other.most < one.least or one.most < other.least
    # Two distinct ones: another account, or the other direction.
    return one is not other
