"""Rules as rows and drafts, in the words of one reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from fintrack.core.formatting import format_number
from fintrack.core.rules import Actions, Comparison, Condition, Field
from fintrack.core.text import message_id
from fintrack.services.applying.previewing import ChangeView, RulePreview, Side
from fintrack.services.rules.rulebook import KeptRule
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.forms import new_key
from fintrack.state.ledger_choices import Choices, flat
from fintrack.state.rows import Amount, isolated

CATEGORY, SPLIT, TRANSFER, NOTHING = "category", "split", "transfer", "nothing"
DOES = (CATEGORY, SPLIT, TRANSFER, NOTHING)
SAID = {
    (Field.PAYEE, Comparison.CONTAINS): message_id("payee contains “{words}”"),
    (Field.PAYEE, Comparison.STARTS): message_id("payee starts with “{words}”"),
    (Field.PAYEE, Comparison.EQUALS): message_id("payee is “{words}”"),
    (Field.PAYEE, Comparison.PATTERN): message_id("payee looks like “{words}”"),
    (Field.TEXT, Comparison.CONTAINS): message_id("text contains “{words}”"),
    (Field.TEXT, Comparison.STARTS): message_id("text starts with “{words}”"),
    (Field.TEXT, Comparison.EQUALS): message_id("text is “{words}”"),
    (Field.TEXT, Comparison.PATTERN): message_id("text looks like “{words}”"),
    (Field.ACCOUNT, Comparison.IS): message_id("account is {account}"),
    (Field.AMOUNT, Comparison.BETWEEN): message_id("amount is {bounds}"),
    (Field.DAY, Comparison.BETWEEN): message_id("day of the month is {bounds}"),
}
FLOWS = {"in": message_id("money comes in"), "out": message_id("money goes out")}


@dataclass(frozen=True)
class RuleRow:
    """A rule of the list; ``place`` is its number, ``up`` and ``down`` those beside."""

    id: str
    place: str
    when: str
    then: str
    is_on: bool
    is_resting: bool
    is_first: bool
    is_last: bool
    up: str
    down: str


@dataclass(frozen=True)
class ConditionDraft:
    """The texts of one condition; ``key`` names its fields, ``error`` stands below."""

    key: str
    field: str = Field.PAYEE
    test: str = Comparison.CONTAINS
    words: str = ""
    account: str = ""
    least: str = ""
    most: str = ""
    error: str = ""


@dataclass(frozen=True)
class ShareDraft:
    """A category with the text of its percent."""

    key: str
    category: str = ""
    percent: str = ""


@dataclass(frozen=True)
class RuleDraft:
    """The texts of the editor; ``join`` is ``all`` or ``any``, ``does`` of ``DOES``."""

    join: str = "all"
    conditions: list[ConditionDraft] = field(default_factory=list)
    does: str = CATEGORY
    category: str = ""
    shares: list[ShareDraft] = field(default_factory=list)
    transfer: str = ""
    payee: str = ""
    note: str = ""
    tags: str = ""


@dataclass(frozen=True)
class ChangeRow:
    """A transaction before and after; one that ``is_locked`` stays as it is."""

    id: str
    day: str
    name: str
    amount: Amount
    before: str
    after: str
    is_locked: bool = False


def rule_rows(rules: list[KeptRule], choices: Choices, reader: Reader) -> list[RuleRow]:
    """The list in its order."""
    names = names_of(choices)
    return [
        RuleRow(
            id=str(kept.rule.id),
            place=str(place),
            when=say_conditions(kept, names, reader),
            then=say_actions(kept.rule.actions, kept.tags, names, reader),
            is_on=kept.is_on,
            is_resting=kept.is_resting,
            is_first=place == 1,
            is_last=place == len(rules),
            up=str(max(1, place - 1)),
            down=str(place + 1),
        )
        for place, kept in enumerate(rules, start=1)
    ]


def names_of(choices: Choices) -> dict[int, str]:
    """Accounts and categories by id."""
    offered = (*choices.accounts, *flat(choices.categories))
    return {int(choice.value): choice.label.strip() for choice in offered}


def say_conditions(kept: KeptRule, names: Mapping[int, str], reader: Reader) -> str:
    """When the rule is for a transaction, as a sentence."""
    parts = [_say_condition(one, names, reader) for one in kept.rule.conditions]
    joined = reader.say("{first} and {second}", first="\0", second="\1")
    if not kept.rule.needs_all:
        joined = reader.say("{first} or {second}", first="\0", second="\1")
    between = joined.partition("\0")[2].partition("\1")[0]
    return reader.say("When {conditions}", conditions=between.join(parts))


def say_actions(
    actions: Actions, tags: tuple[str, ...], names: Mapping[int, str], reader: Reader
) -> str:
    """What the rule does, part by part."""
    gone = reader.say("a closed one")
    found = [
        names.get(share.category_id, gone)
        if len(actions.shares) == 1
        else f"{names.get(share.category_id, gone)} {share.percent} %"
        for share in actions.shares
    ]
    target = actions.transfer_account_id
    if target is not None:
        found.append(reader.say("Transfer to {name}", name=names.get(target, gone)))
    if actions.payee:
        found.append(reader.say("Payee {name}", name=actions.payee))
    if actions.note:
        found.append(reader.say("Note “{note}”", note=actions.note))
    found += [f"#{tag}" for tag in tags]
    return " · ".join(found)


def draft_of(kept: KeptRule, reader: Reader) -> RuleDraft:
    """The editor of a rule that is there."""
    actions = kept.rule.actions
    return RuleDraft(
        join="all" if kept.rule.needs_all else "any",
        conditions=[_condition_draft(one, reader) for one in kept.rule.conditions],
        does=_does(actions),
        category=str(actions.shares[0].category_id) if actions.shares else "",
        shares=[
            ShareDraft(new_key(), str(share.category_id), str(share.percent))
            for share in actions.shares
        ],
        transfer=str(actions.transfer_account_id or ""),
        payee=actions.payee,
        note=actions.note,
        tags=", ".join(kept.tags),
    )


def change_rows(views: tuple[ChangeView, ...], reader: Reader) -> list[ChangeRow]:
    """A page of the preview."""
    return [
        ChangeRow(
            id=str(view.transaction_id),
            day=reader.day(view.on_date),
            name=view.before.payee or view.before.category,
            amount=amount_row(view.money, reader.language, plus=True),
            before=_say_side(view.before, view.after),
            is_locked=view.is_locked,
            after=" · ".join(
                part
                for part in (
                    _say_side(view.after, view.before),
                    *(f"#{tag}" for tag in view.tags),
                )
                if part
            ),
        )
        for view in views
    ]


def left_texts(found: RulePreview, reader: Reader, target: str) -> list[str]:
    """How many the rule fits and leaves as they are, and what a transfer ends.

    ``target`` names the account to which it moves money, if it does.
    """
    chosen = reader.count(
        "{n} fits as well and keeps the category that you chose.",
        "{n} fit as well and keep the category that you chose.",
        found.chosen,
    )
    told = reader.say(
        "Where the file of the other account told the same transfer, its row without a "
        "category becomes void, so that it does not count twice."
    )
    locked = locked_text(found.locked, target, reader)
    transfers = target and found.count > 0
    texts = (chosen if found.chosen else "", locked, told if transfers else "")
    return [text for text in texts if text]


def locked_text(number: int, target: str, reader: Reader) -> str:
    """How many are left because of what is settled on the other account."""
    if not number:
        return ""
    return reader.count(
        "{n} stays as it is: the day is before {name} begins or reconciled there, or "
        "the money is among what is reconciled there.",
        "{n} stay as they are: the days are before {name} begins or reconciled there, "
        "or the money is among what is reconciled there.",
        number,
        name=target,
    )


def _say_condition(one: Condition, names: Mapping[int, str], reader: Reader) -> str:
    if one.field is Field.FLOW:
        return reader.say(FLOWS.get(one.words, FLOWS["out"]))
    return reader.say(
        SAID[one.field, one.test],
        words=one.words,
        account=names.get(one.account_id or 0, reader.say("a closed one")),
        bounds=_say_bounds(one, reader),
    )


def _say_bounds(one: Condition, reader: Reader) -> str:
    least, most = bound_text(one.least, reader), bound_text(one.most, reader)
    if not most:
        return reader.say("{least} or more", least=isolated(least))
    if not least:
        return reader.say("up to {most}", most=isolated(most))
    return isolated(least if least == most else f"{least}–{most}")


def bound_text(number: Decimal | None, reader: Reader) -> str:
    """A bound as somebody would type it."""
    if number is None:
        return ""
    decimals = max(0, -int(number.normalize().as_tuple().exponent))
    return format_number(number, reader.language, decimals=decimals)


def _condition_draft(one: Condition, reader: Reader) -> ConditionDraft:
    return ConditionDraft(
        key=new_key(),
        field=one.field,
        test=one.test,
        words=one.words,
        account=str(one.account_id or ""),
        least=bound_text(one.least, reader),
        most=bound_text(one.most, reader),
    )


def _does(actions: Actions) -> str:
    if actions.transfer_account_id is not None:
        return TRANSFER
    if not actions.shares:
        return NOTHING
    return CATEGORY if len(actions.shares) == 1 else SPLIT


def _say_side(side: Side, other: Side) -> str:
    """What differs from the other side."""
    pairs = (
        (side.payee, other.payee),
        (side.category, other.category),
        (side.note, other.note),
    )
    return " · ".join(mine for mine, theirs in pairs if mine != theirs and mine)
