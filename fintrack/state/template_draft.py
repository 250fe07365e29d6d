"""Between a template and the form of a transaction, in both directions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fintrack.core.errors import InvalidInput
from fintrack.core.formatting import format_money
from fintrack.core.money import Money
from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from fintrack.core.text import message_id
from fintrack.services.templates.template_rows import ShareView, TemplateView
from fintrack.state.amounts import Reader
from fintrack.state.forms import Findings, read_id, read_money
from fintrack.state.rows import isolated
from fintrack.state.rule_reading import read_tags
from fintrack.state.transaction_draft import IN, MOVE, OUT, Draft, Share, money_text

KINDS: Final = {
    OUT: TemplateKind.EXPENSE,
    IN: TemplateKind.INCOME,
    MOVE: TemplateKind.TRANSFER,
}
_FORMS: Final = {kind: name for name, kind in KINDS.items()}
CLOSED: Final = message_id("{name} is closed. Please choose another.")


@dataclass(frozen=True)
class TemplateRow:
    """A template as the list offers it."""

    id: str
    name: str
    detail: str
    closed: str = ""


def template_row(view: TemplateView, reader: Reader) -> TemplateRow:
    """Its amount, where from and what for, and what of it is closed."""
    amount = format_money(view.amount, reader.language) if view.amount else ""
    many = len(view.shares) > 1
    places = [
        view.account_name,
        view.to_account_name,
        reader.say("Split in {n}", n=len(view.shares))
        if many
        else "".join(share.category_name for share in view.shares),
    ]
    words = [isolated(amount) if amount else "", *places]
    return TemplateRow(
        str(view.id),
        view.name,
        " · ".join(word for word in words if word),
        reader.say("Closed: {names}", names=", ".join(view.closed))
        if view.closed
        else "",
    )


def read_template(
    draft: Draft, name: str, currencies: Mapping[str, str], reader: Reader
) -> NewTemplate:
    """The template that a form means; what is empty in it is left open.

    Raises:
        InvalidInput: with everything that is wrong, by the fields of the form.
    """
    reading = _Reading(currencies.get(draft.account, ""), reader.language)
    is_move = draft.kind == MOVE
    new = NewTemplate(
        name,
        KINDS[draft.kind],
        reading.place(draft.account, "account"),
        reading.money(draft.amount, "amount"),
        payee=draft.payee,
        to_account_id=reading.place(draft.to_account, "to_account")
        if is_move
        else None,
        shares=() if is_move else reading.shares(draft),
        note=draft.note,
        tags=read_tags(draft.tags),
    )
    reading.findings.check()
    return new


def draft_of_template(
    view: TemplateView, on_date: str, reader: Reader
) -> tuple[Draft, dict[str, str]]:
    """The form of a template, and by field what is closed of it and left open."""
    errors = {}
    account, target = str(view.account_id), str(view.to_account_id or "")
    if view.account_is_closed:
        account, errors["account"] = "", _closed(view.account_name, reader)
    if view.target_is_closed:
        target, errors["to_account"] = "", _closed(view.to_account_name, reader)
    is_split = len(view.shares) > 1
    shares = [_share(share, place, reader) for place, share in enumerate(view.shares)]
    for share, shown in zip(view.shares, shares, strict=True):
        if share.is_closed:
            field = f"share_{shown.key}" if is_split else "category"
            errors[field] = _closed(share.category_name, reader)
    single = shares[0] if len(shares) == 1 else Share("")
    draft = Draft(
        kind=_FORMS[view.kind],
        amount=money_text(view.amount, reader.language) if view.amount else "",
        payee=view.payee,
        category=single.category,
        account=account,
        to_account=target,
        on_date=on_date,
        note=view.note,
        tags=", ".join(view.tags),
        memo=single.memo,
        shares=shares if is_split else [],
    )
    return draft, errors


class _Reading:
    """Reads the fields of a form and keeps what is wrong with them."""

    def __init__(self, currency: str, language: str) -> None:
        self.findings = Findings()
        self._currency = currency
        self._language = language

    def place(self, text: str, name: str) -> int:
        """The account or category that was chosen."""
        return self.findings.read(name, lambda: read_id(text, name), 0)

    def money(self, text: str, name: str) -> Money | None:
        """The amount, if there is one; without an account it has no currency."""
        if not text.strip() or not self._currency:
            return None
        found = self.findings.read(
            name, lambda: read_money(text, self._currency, self._language, name), None
        )
        if found is not None and found.minor <= 0:
            low = InvalidInput("Please enter an amount above zero.")
            self.findings.note(low, name)
        return found

    def shares(self, draft: Draft) -> tuple[TemplateShare, ...]:
        """The categories of a split; else the chosen one, or none."""
        if draft.shares:
            return tuple(self._share(share) for share in draft.shares)
        if not draft.category:
            return ()
        category = self.place(draft.category, "category")
        return (TemplateShare(category, memo=draft.memo),)

    def _share(self, share: Share) -> TemplateShare:
        name = f"share_{share.key}"
        category = self.place(share.category, name)
        return TemplateShare(category, self.money(share.amount, name), share.memo)


def _share(share: ShareView, place: int, reader: Reader) -> Share:
    return Share(
        key=str(place),
        category="" if share.is_closed else str(share.category_id),
        amount=money_text(share.amount, reader.language) if share.amount else "",
        memo=share.memo,
    )


def _closed(name: str, reader: Reader) -> str:
    return reader.say(CLOSED, name=name)
