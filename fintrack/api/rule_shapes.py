"""Rules over REST: conditions and actions as they are sent and shown."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field as Bound
from pydantic import model_validator

from fintrack.api.money import MoneyShown
from fintrack.api.routes import Body
from fintrack.api.shapes import Day, Id, Text, Version, View
from fintrack.core.amount_text import parse_plain
from fintrack.core.rule_checks import MAX_CONDITIONS, MAX_SHARES, MAX_TAGS
from fintrack.core.rules import WHOLE, Actions, Comparison, Condition, Field, Share
from fintrack.services.rules.rule_rows import NewRule
from fintrack.services.rules.rulebook import KeptRule

Number = Annotated[str | None, Bound(max_length=40, examples=["12.50"])]


class ConditionGiven(Body):
    """One question to a transaction.

    ``payee`` and ``text`` take contains, starts, equals and pattern (``*`` any text,
    ``?`` one character) with ``words``; ``flow`` is ``in`` or ``out`` in ``words``;
    ``account`` takes ``account_id``; ``amount`` and ``day`` (of the month) lie between
    ``least`` and ``most``, both included.
    """

    field: Annotated[Field, Bound(strict=False)]
    test: Annotated[Comparison, Bound(strict=False)]
    words: Text = ""
    account_id: Id | None = None
    least: Number = None
    most: Number = None

    def read(self, at: str) -> Condition:
        """The condition that this means.

        Raises:
            InvalidInput: a bound that is no number.
        """
        return Condition(
            self.field,
            self.test,
            self.words,
            self.account_id,
            _number(self.least, f"{at}.least"),
            _number(self.most, f"{at}.most"),
        )


class ShareGiven(Body):
    """What a category gets of the amount, in percent."""

    category_id: Id
    percent: Annotated[int, Bound(ge=1, le=WHOLE)] = WHOLE


class ActionsGiven(Body):
    """What the rule does; ``shares`` (100 % together) or a transfer, not both."""

    shares: Annotated[
        list[ShareGiven], Bound(max_length=MAX_SHARES, default_factory=list)
    ]
    transfer_account_id: Id | None = None
    payee: Text = ""
    note: Text = ""
    tags: Annotated[list[Text], Bound(max_length=MAX_TAGS, default_factory=list)]


class RuleGiven(Body):
    """A rule; ``needs_all`` joins its conditions with and, else with or."""

    needs_all: bool = True
    conditions: Annotated[list[ConditionGiven], Bound(max_length=MAX_CONDITIONS)]
    actions: ActionsGiven

    def read(self) -> NewRule:
        """The rule that this means.

        Raises:
            InvalidInput: names the field.
        """
        given = self.actions
        return NewRule(
            conditions=tuple(
                one.read(f"conditions.{place}")
                for place, one in enumerate(self.conditions)
            ),
            actions=Actions(
                shares=tuple(Share(s.category_id, s.percent) for s in given.shares),
                transfer_account_id=given.transfer_account_id,
                payee=given.payee,
                note=given.note,
            ),
            needs_all=self.needs_all,
            tags=tuple(given.tags),
        )


class RuleEdit(RuleGiven):
    """What a rule says now, all of it."""

    version: Version


class RuleTried(RuleGiven):
    """A rule to be tried out, in the place of ``rule_id`` if that is given."""

    rule_id: Id | None = None


class ConditionShown(View):
    """One question to a transaction."""

    field: Field
    test: Comparison
    words: str
    account_id: int | None
    least: Decimal | None
    most: Decimal | None


class ShareShown(View):
    """What a category gets of the amount."""

    category_id: int
    percent: int


class RuleShown(View):
    """A rule; one that is resting names what is closed, and is not tried."""

    id: Id
    needs_all: bool
    conditions: list[ConditionShown]
    shares: list[ShareShown]
    transfer_account_id: int | None
    payee: str
    note: str
    tags: list[str]
    is_on: bool
    is_resting: bool
    is_removed: bool
    version: int

    @model_validator(mode="before")
    @classmethod
    def _of_kept(cls, value: object) -> object:
        if not isinstance(value, KeptRule):
            return value
        rule, actions = value.rule, value.rule.actions
        return {
            "id": rule.id,
            "needs_all": rule.needs_all,
            "conditions": rule.conditions,
            "shares": actions.shares,
            "transfer_account_id": actions.transfer_account_id,
            "payee": actions.payee,
            "note": actions.note,
            "tags": value.tags,
            "is_on": value.is_on,
            "is_resting": value.is_resting,
            "is_removed": value.is_removed,
            "version": value.version,
        }


class SideShown(View):
    """What a transaction says."""

    payee: str
    category: str
    note: str


class RuleChangeShown(View):
    """A transaction before and after; ``tags`` are added.

    One that ``is_locked`` stays as it is: its day is reconciled on the account to which
    the money would go, or before its opening balance, or that account has the money in
    a row that is reconciled.
    """

    transaction_id: int
    on_date: Day
    amount: Annotated[MoneyShown, Bound(validation_alias="money")]
    before: SideShown
    after: SideShown
    tags: list[str]
    is_locked: bool


class RulePreviewShown(View):
    """A page of changes; ``count`` are those among what was looked through.

    ``locked`` counts those that would be left because of what is settled on the other
    account, ``chosen`` those that keep the category that a person chose.
    """

    items: list[RuleChangeShown]
    next: str | None
    count: int
    locked: int
    chosen: int
    is_whole: bool


class AppliedShown(View):
    """How many transactions a rule changed, and left because of what is settled.

    ``matched`` rows of the other account are void: a transfer stands for them.
    """

    rule_id: int
    changed: int
    locked: int
    matched: int


def _number(text: str | None, at: str) -> Decimal | None:
    return None if text is None else parse_plain(text, field=at)
