"""A template: the pattern of an entry under a name, to be filled in and saved."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from fintrack.core.entries import MAX_PARTS, check_words
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.words import is_showable, one_line, without_turns

MAX_NAME: Final = 100
# A menu offers them all.
MOST_TEMPLATES: Final = 100


class TemplateKind(StrEnum):
    """What the entry is to be."""

    EXPENSE = "expense"
    INCOME = "income"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class TemplateShare:
    """One category; without an amount it is left open, or takes what is left."""

    category_id: int
    amount: Money | None = None
    memo: str = ""


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """What a template says.

    Amounts are positive and in the currency of the account. A transfer has a target
    account; the others have categories: none is left open, several make a split.
    ``tags`` are names.
    """

    name: str
    kind: TemplateKind
    account_id: int
    amount: Money | None = None
    payee: str = ""
    to_account_id: int | None = None
    shares: tuple[TemplateShare, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()


def clean_name(name: str) -> str:
    """The name without needless blanks.

    Raises:
        InvalidInput: empty, too long, or of what nobody sees.
    """
    clean = " ".join(name.split())
    if not 0 < len(clean) <= MAX_NAME:
        raise InvalidInput(
            "Please enter a name of at most {limit} characters.",
            field="name",
            limit=MAX_NAME,
        )
    if not is_showable(clean) or not fold(clean):
        raise InvalidInput("This text holds an invisible character.", field="name")
    return clean


def check_template(new: NewTemplate) -> NewTemplate:
    """The template with its words cleaned.

    Raises:
        InvalidInput: names the field.
    """
    clean = replace(
        new,
        name=clean_name(new.name),
        payee=one_line(new.payee),
        note=without_turns(new.note).strip(),
    )
    check_words(clean.payee, "payee")
    check_words(clean.note, "note")
    for place, share in enumerate(clean.shares):
        check_words(share.memo, f"shares.{place}.memo")
    if len(clean.shares) >= MAX_PARTS:
        raise InvalidInput(
            "A transaction has at most {limit} parts.", field="shares", limit=MAX_PARTS
        )
    for name, amount in amounts_of(clean):
        if amount.minor <= 0:
            raise InvalidInput("Please enter an amount above zero.", field=name)
    _check_target(clean)
    return clean


def amounts_of(new: NewTemplate) -> list[tuple[str, Money]]:
    """The amounts that a template names, each after its field."""
    named = [
        ("amount", new.amount),
        *(
            (f"shares.{place}.amount", share.amount)
            for place, share in enumerate(new.shares)
        ),
    ]
    return [(name, amount) for name, amount in named if amount is not None]


def _check_target(new: NewTemplate) -> None:
    """A transfer goes to another account, everything else to categories."""
    if new.kind is not TemplateKind.TRANSFER:
        if new.to_account_id is not None:
            raise InvalidInput("This is not a category.", field="to_account_id")
    elif new.to_account_id is None:
        raise InvalidInput("Please choose one.", field="to_account_id")
    elif new.to_account_id == new.account_id:
        raise InvalidInput(
            "Please choose two different accounts.", field="to_account_id"
        )
    elif new.shares:
        raise InvalidInput("A transfer has no category.", field="shares")
