"""Rules that move with whole books: read from a file, where they name its places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fintrack.core.book_fields import (
    FIELD,
    Places,
    Said,
    account_of,
    category_of,
    name_in_list,
    naming_in_list,
    objects_of,
    read_each,
    strict_choice,
    strict_flag,
    strict_number,
    strict_text,
    strict_whole,
    tags_of,
)
from fintrack.core.rule_checks import (
    MAX_CONDITIONS,
    MAX_RULES,
    MAX_SHARES,
    check_loops,
    check_rule,
)
from fintrack.core.rules import (
    WHOLE,
    Actions,
    Comparison,
    Condition,
    Field,
    Rule,
    Share,
)
from fintrack.core.text import message_id

NO_RULE = message_id("The rule {name} cannot come in.")


@dataclass(frozen=True, slots=True)
class MovedRule:
    """A rule; its ids are the numbers of places of the file, ``tags`` are names.

    ``rests`` says that it sends money where the file has it closed.
    """

    name: str
    conditions: tuple[Condition, ...]
    actions: Actions
    needs_all: bool
    tags: tuple[str, ...]
    is_on: bool
    rests: bool

    def placed(self, ids: Mapping[int, int]) -> "MovedRule":
        """The same of the places behind the numbers."""
        target = self.actions.transfer_account_id
        actions = replace(
            self.actions,
            shares=tuple(
                replace(one, category_id=ids[one.category_id])
                for one in self.actions.shares
            ),
            transfer_account_id=None if target is None else ids[target],
        )
        conditions = tuple(
            one
            if one.account_id is None
            else replace(one, account_id=ids[one.account_id])
            for one in self.conditions
        )
        return replace(self, conditions=conditions, actions=actions)


def read_rules(books: Said, places: Places) -> tuple[MovedRule, ...]:
    """The rules of a file in their order.

    Raises:
        InvalidInput: under ``file``: there are more than 500, they rename in a circle,
            or the first five that cannot be.
    """
    said = objects_of(books, "rules", most=MAX_RULES)
    found = tuple(read_each(enumerate(said, 1), lambda one: _rule(*one, places)))
    check_loops(_tried(found), (), field=FIELD)
    return found


def _tried(found: Iterable[MovedRule]) -> list[Rule]:
    return [
        Rule(place, one.conditions, one.actions, one.needs_all)
        for place, one in enumerate(found, 1)
        if one.is_on and not one.rests
    ]


def _rule(place: int, said: Said, places: Places) -> MovedRule:
    with naming_in_list(NO_RULE, place):
        conditions = tuple(
            _condition(one, places)
            for one in objects_of(said, "conditions", most=MAX_CONDITIONS)
        )
        words = next((one.words for one in conditions if one.words), "")
    with naming_in_list(NO_RULE, place, words):
        tags = tags_of(said)
        actions, rests = _actions(said, places)
        check_rule(conditions, replace(actions, tag_ids=tuple(range(len(tags)))))
        needs_all = strict_flag(said, "needs_all", default=True)
        is_on = strict_flag(said, "on", default=True)
    name = name_in_list(place, words)
    return MovedRule(name, conditions, actions, needs_all, tags, is_on, rests)


def _condition(said: Said, places: Places) -> Condition:
    has_account = said.get("account") is not None
    return Condition(
        strict_choice(said, "field", Field),
        strict_choice(said, "test", Comparison),
        strict_text(said, "words"),
        account_of(said, "account", places).number if has_account else None,
        strict_number(said, "least"),
        strict_number(said, "most"),
    )


def _actions(said: Said, places: Places) -> tuple[Actions, bool]:
    shares = [
        (category_of(one, "category", places), strict_whole(one, "percent", WHOLE))
        for one in objects_of(said, "shares", most=MAX_SHARES)
    ]
    has_target = said.get("transfer") is not None
    target = account_of(said, "transfer", places) if has_target else None
    actions = Actions(
        shares=tuple(Share(category.number, percent) for category, percent in shares),
        transfer_account_id=target.number if target else None,
        payee=strict_text(said, "payee"),
        note=strict_text(said, "note"),
    )
    return actions, target is not None and target.is_closed
