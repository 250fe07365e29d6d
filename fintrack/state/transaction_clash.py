"""What two tabs wrote about one transaction, side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from fintrack.core.folding import fold
from fintrack.core.text import message_id
from fintrack.services.ledger.reading import TransactionView
from fintrack.state.amounts import Reader
from fintrack.state.change_rows import WORDS
from fintrack.state.ledger_choices import Choice
from fintrack.state.rows import Difference, isolated
from fintrack.state.rule_reading import read_tags
from fintrack.state.transaction_draft import (
    FIXED,
    IN,
    MOVE,
    OPENING,
    OUT,
    Draft,
    Share,
    draft_of,
)

_LABELS = {
    **WORDS,
    "kind": message_id("Kind"),
    "original_amount": WORDS["original"],
    "original_currency": message_id("Currency"),
    "shares": WORDS["category"],
    "tags": message_id("Tags"),
    "to_account": message_id("To account"),
}
_KINDS = {
    OUT: message_id("Expense"),
    IN: message_id("Income"),
    MOVE: message_id("Transfer"),
    FIXED: message_id("Other"),
    OPENING: message_id("Opening balance"),
}
_AMOUNTS = frozenset({"amount", "received", "original_amount"})
_PLACES = frozenset({"category", "account", "to_account"})
_FIXED = ("payee", "description", "on_date", "note", "tags")


@dataclass(frozen=True, slots=True)
class _Telling:
    """For whom, with the names of accounts and categories by their values."""

    reader: Reader
    names: Mapping[str, str]

    def text(self, name: str, draft: Draft) -> str:
        value = getattr(draft, name)
        if name == "shares":
            shares = draft.shares or [Share("", draft.category, "", draft.memo)]
            text = ", ".join(self._share(share) for share in shares)
        elif name == "kind":
            text = self.reader.say(_KINDS[value])
        elif name in _PLACES:
            text = self.names.get(value, "")
        else:
            text = isolated(value) if name in _AMOUNTS and value else value
        return text

    def _share(self, share: Share) -> str:
        amount = isolated(share.amount) if share.amount else ""
        words = (self.names.get(share.category, ""), amount, share.memo)
        return " ".join(word for word in words if word)


def differences_of(
    mine: Draft, theirs: TransactionView, offered: Iterable[Choice], reader: Reader
) -> list[Difference]:
    """The fields in which ``mine``, as it would be kept, and ``theirs`` differ.

    ``offered`` are the accounts and categories of the form. What a form cannot show
    keeps its amounts, so that only its words can differ.
    """
    found = draft_of(theirs, reader.language)
    own = replace(mine, tags=_same_tags(mine.tags, theirs.tags))
    names = {choice.value: choice.label.strip() for choice in offered}
    telling = _Telling(
        reader, names | {str(p.account_id): p.account_name for p in theirs.postings}
    )
    return [
        Difference(
            reader.say(_LABELS[name]),
            telling.text(name, own),
            telling.text(name, found),
        )
        for name in _compared(own, found)
        if getattr(own, name) != getattr(found, name)
    ]


def _compared(mine: Draft, theirs: Draft) -> Iterable[str]:
    """The names of the fields; a split stands for its category."""
    if mine.kind == FIXED:
        return _FIXED
    if mine.kind == OPENING:
        return ("amount", *_FIXED)
    is_split = mine.shares != theirs.shares
    names = [one.name for one in fields(Draft)]
    return [one for one in names if not (is_split and one in ("category", "memo"))]


def _same_tags(text: str, theirs: Iterable[str]) -> str:
    """The tags of a text in the order and the writing in which they are kept."""
    known = {fold(name): name for name in theirs}
    names = [" ".join(name.split()).removeprefix("#") for name in read_tags(text)]
    typed = {fold(name): name for name in names}
    return ", ".join(known.get(one, typed[one]) for one in sorted(typed))
