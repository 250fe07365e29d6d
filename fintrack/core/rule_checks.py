"""What no rule may say, alone or together with the others."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from fintrack.core.entries import check_words
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.rule_circles import find_circles
from fintrack.core.rules import (
    FLOWS,
    TESTS,
    WHOLE,
    Actions,
    Comparison,
    Condition,
    Field,
    Rule,
)
from fintrack.core.wildcards import MAX_PATTERN
from fintrack.core.words import without_turns

MAX_RULES: Final = 500
MAX_CONDITIONS: Final = 20
MAX_SHARES: Final = 20
MAX_TAGS: Final = 20
LAST_DAY: Final = 31
MOST: Final = Decimal(10) ** 15


def check_rule(conditions: Sequence[Condition], actions: Actions) -> None:
    """Refuses a rule that says nothing, too much, or what cannot be.

    Raises:
        InvalidInput: names the field: ``conditions.0.words``, ``actions.shares``.
    """
    if not 0 < len(conditions) <= MAX_CONDITIONS:
        raise InvalidInput(
            "A rule has 1 to {limit} conditions.",
            field="conditions",
            limit=MAX_CONDITIONS,
        )
    for place, condition in enumerate(conditions):
        _check_condition(condition, f"conditions.{place}")
    _check_actions(actions)
    _check_target(conditions, actions)


def check_loops(
    rules: Sequence[Rule], before: Sequence[Rule], changed: int = 0, *, field: str = ""
) -> None:
    """Refuses rules of which one's new payee leads through others back to where it was.

    Applied again and again, they would rename one payee for ever. Those that went round
    ``before`` already may go on, so that one can always make it better; not the one
    that was ``changed``. Only where what renames is another than before, or was changed
    itself, is it looked at: large books take long.

    Raises:
        InvalidInput: names the payee, under ``field``.
    """
    now, then = _renaming(rules), _renaming(before)
    if now == then and changed not in {id_ for id_, *_ in now}:
        return
    found = find_circles(rules)
    if found:
        found -= (found if now == then else find_circles(before)) - {changed}
    for rule in rules:
        if rule.id in found:
            raise InvalidInput(
                "Then rules would rename “{payee}” in a circle that never ends.",
                field=field,
                payee=rule.actions.payee,
            )


def _renaming(
    rules: Iterable[Rule],
) -> list[tuple[int, tuple[Condition, ...], str, bool]]:
    """What a circle depends on, in the order of the rules."""
    return [
        (rule.id, rule.conditions, rule.actions.payee, rule.needs_all)
        for rule in rules
        if rule.actions.payee
    ]


def _check_condition(condition: Condition, at: str) -> None:
    check_words(condition.words, f"{at}.words")
    if condition.test not in TESTS[condition.field]:
        raise InvalidInput("This comparison does not fit.", field=f"{at}.test")
    match condition.field:
        case Field.PAYEE | Field.TEXT:
            _check_compared(condition, f"{at}.words")
        case Field.FLOW:
            _check_chosen(condition.words in FLOWS, f"{at}.words")
        case Field.ACCOUNT:
            _check_chosen(condition.account_id is not None, f"{at}.account_id")
        case Field.AMOUNT:
            _check_bounds(condition, at, Decimal(0), MOST)
        case Field.DAY:
            _check_bounds(condition, at, Decimal(1), Decimal(LAST_DAY))


def _check_chosen(is_chosen: bool, at: str) -> None:  # noqa: FBT001 - what is checked
    if not is_chosen:
        raise InvalidInput("Please choose one.", field=at)


def _check_compared(condition: Condition, at: str) -> None:
    if not fold(without_turns(condition.words)).strip("*? "):
        raise InvalidInput("Please enter a text to look for.", field=at)
    if condition.test is Comparison.PATTERN and len(condition.words) > MAX_PATTERN:
        raise InvalidInput(
            "A pattern has at most {limit} characters.", field=at, limit=MAX_PATTERN
        )


def _check_bounds(condition: Condition, at: str, low: Decimal, high: Decimal) -> None:
    bounds = [bound for bound in (condition.least, condition.most) if bound is not None]
    if not bounds:
        raise InvalidInput("Please enter a bound.", field=f"{at}.least")
    if any(not low <= bound <= high for bound in bounds) or bounds != sorted(bounds):
        raise InvalidInput("These bounds are not possible.", field=f"{at}.least")


def _check_actions(actions: Actions) -> None:
    check_words(actions.payee, "actions.payee")
    check_words(actions.note, "actions.note")
    if not (actions.places_money or actions.payee or actions.note or actions.tag_ids):
        raise InvalidInput("Please say what the rule does.", field="actions")
    if actions.shares and actions.transfer_account_id is not None:
        raise InvalidInput(
            "A rule sets a category or makes a transfer, not both.", field="actions"
        )
    if len(actions.shares) > MAX_SHARES or len(actions.tag_ids) > MAX_TAGS:
        raise InvalidInput("This is too large.", field="actions")
    percents = [share.percent for share in actions.shares]
    if percents and (min(percents) < 1 or sum(percents) != WHOLE):
        raise InvalidInput("The shares are not 100 % together.", field="actions.shares")
    if len({share.category_id for share in actions.shares}) != len(actions.shares):
        raise InvalidInput("Each category comes once.", field="actions.shares")


def _check_target(conditions: Iterable[Condition], actions: Actions) -> None:
    """A transfer from an account to itself would go round for ever."""
    target = actions.transfer_account_id
    if target is not None and target in {one.account_id for one in conditions}:
        raise InvalidInput(
            "Please choose two different accounts.",
            field="actions.transfer_account_id",
        )
