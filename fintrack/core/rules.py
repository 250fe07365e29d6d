"""Rules of a person: when a transaction looks like this, do that with it.

Rules are tried in the order of the person, once, on the transaction as it came. The
first that matches decides a field (category, payee, note); tags of all that match add
up. Text is compared folded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from fintrack.core.folding import fold
from fintrack.core.money import Money, split
from fintrack.core.wildcards import matches_pattern

WHOLE: Final = 100
# The words of a rule are compared with each of many transactions.
_fold_words: Final = lru_cache(maxsize=1024)(fold)


class Field(StrEnum):
    """What of a transaction a condition looks at; ``text`` is payee and description."""

    PAYEE = "payee"
    TEXT = "text"
    AMOUNT = "amount"
    FLOW = "flow"
    ACCOUNT = "account"
    DAY = "day"


class Comparison(StrEnum):
    """How a condition compares."""

    CONTAINS = "contains"
    STARTS = "starts"
    EQUALS = "equals"
    PATTERN = "pattern"
    BETWEEN = "between"
    IS = "is"


WORD_TESTS: Final = (
    Comparison.CONTAINS,
    Comparison.STARTS,
    Comparison.EQUALS,
    Comparison.PATTERN,
)
TESTS: Final = {
    Field.PAYEE: WORD_TESTS,
    Field.TEXT: WORD_TESTS,
    Field.AMOUNT: (Comparison.BETWEEN,),
    Field.FLOW: (Comparison.IS,),
    Field.ACCOUNT: (Comparison.IS,),
    Field.DAY: (Comparison.BETWEEN,),
}
FLOWS: Final = ("in", "out")


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules know of a transaction; positive money came into the account."""

    account_id: int
    money: Money
    on_date: date
    payee: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One question to a transaction.

    ``words`` belongs to payee and text, and says ``in`` or ``out`` of a flow. ``least``
    and ``most`` include their bounds: whole units without sign, or days of a month.
    """

    field: Field
    test: Comparison
    words: str = ""
    account_id: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    def holds(self, facts: "_Folded") -> bool:
        """Whether the transaction answers with yes."""
        match self.field:
            case Field.PAYEE:
                return self.compares(facts.payee)
            case Field.TEXT:
                return self.compares(facts.text)
            case Field.AMOUNT:
                return self._lies_between(facts.size)
            case Field.FLOW:
                return self.words == facts.flow
            case Field.ACCOUNT:
                return self.account_id == facts.account_id
            case Field.DAY:
                return self._lies_between(facts.day)

    def compares(self, text: str) -> bool:
        """Whether a folded text fits the words."""
        wanted = _fold_words(self.words)
        match self.test:
            case Comparison.STARTS:
                return text.startswith(wanted)
            case Comparison.EQUALS:
                return text == wanted
            case Comparison.PATTERN:
                return matches_pattern(text, self.words)
            case _:
                return wanted in text

    def _lies_between(self, number: Decimal) -> bool:
        return (self.least is None or self.least <= number) and (
            self.most is None or number <= self.most
        )


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the amount, in percent, that a category gets."""

    category_id: int
    percent: int = WHOLE


@dataclass(frozen=True, slots=True)
class Actions:
    """What a rule does; what is empty it leaves alone.

    ``shares`` or the transfer decide what the money was for.
    """

    shares: tuple[Share, ...] = ()
    transfer_account_id: int | None = None
    payee: str = ""
    note: str = ""
    tag_ids: tuple[int, ...] = ()

    @property
    def places_money(self) -> bool:
        """Whether it says what the money was for."""
        return bool(self.shares) or self.transfer_account_id is not None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is tried; ``transfer_currency`` is that of the account it goes to.

    ``needs_all`` joins the conditions with and, else with or.
    """

    id: int
    conditions: tuple[Condition, ...]
    actions: Actions
    needs_all: bool = True
    transfer_currency: str = ""

    def can_place(self, facts: Facts) -> bool:
        """Whether the money may go where the rule sends it.

        A transfer goes to another account in the same currency.
        """
        target = self.actions.transfer_account_id
        if target is None:
            return bool(self.actions.shares)
        same = self.transfer_currency == facts.money.currency
        return same and target != facts.account_id


@dataclass(frozen=True, slots=True)
class Decision:
    """The rule that decides each field, and all that match, in their order."""

    category: Rule | None = None
    payee: Rule | None = None
    note: Rule | None = None
    matched: tuple[Rule, ...] = ()

    @property
    def tag_ids(self) -> tuple[int, ...]:
        """The tags of all rules that match, each once."""
        found = (tag_id for rule in self.matched for tag_id in rule.actions.tag_ids)
        return tuple(dict.fromkeys(found))


NO_DECISION: Final = Decision()


def decide(rules: Sequence[Rule], facts: Facts) -> Decision:
    """What the rules say of one transaction."""
    folded = _Folded.of(facts)
    matched = tuple(rule for rule in rules if _matches(rule, folded))
    if not matched:
        return NO_DECISION
    return Decision(
        category=next((rule for rule in matched if rule.can_place(facts)), None),
        payee=next((rule for rule in matched if rule.actions.payee), None),
        note=next((rule for rule in matched if rule.actions.note), None),
        matched=matched,
    )


def divide(money: Money, shares: Sequence[Share]) -> list[tuple[int, Money]]:
    """What each category gets of ``money``; no unit is lost."""
    parts = split(money, [share.percent for share in shares])
    return [
        (share.category_id, part)
        for share, part in zip(shares, parts, strict=True)
        if part.minor or len(shares) == 1
    ]


def _matches(rule: Rule, folded: "_Folded") -> bool:
    join = all if rule.needs_all else any
    return join(condition.holds(folded) for condition in rule.conditions)


@dataclass(frozen=True, slots=True)
class _Folded:
    """Facts as they are compared, made once for all rules."""

    payee: str
    text: str
    size: Decimal
    flow: str
    account_id: int
    day: Decimal

    @classmethod
    def of(cls, facts: Facts) -> "_Folded":
        return cls(
            payee=fold(facts.payee),
            text=fold(f"{facts.payee} {facts.description}"),
            size=abs(facts.money).decimal,
            flow="in" if facts.money.minor > 0 else "out",
            account_id=facts.account_id,
            day=Decimal(facts.on_date.day),
        )
