"""The rule that the texts of the editor mean."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from fintrack.core.amount_text import evaluate
from fintrack.core.errors import FinTrackError, InvalidInput
from fintrack.core.rules import (
    TESTS,
    WHOLE,
    Actions,
    Comparison,
    Condition,
    Field,
    Share,
)
from fintrack.services.rules.rule_rows import NewRule
from fintrack.state.amounts import Reader
from fintrack.state.forms import errors_by_field, number_style, read_id
from fintrack.state.rule_rows import (
    CATEGORY,
    SPLIT,
    TRANSFER,
    ConditionDraft,
    RuleDraft,
    ShareDraft,
)

TEXTS = ("category", "transfer", "payee", "note", "tags")
CONDITION_TEXTS = ("test", "words", "account", "least", "most")


def merged(draft: RuleDraft, form: Mapping[str, str | None]) -> RuleDraft:
    """The draft with the texts that the browser held until now."""

    def said(name: str, before: str) -> str:
        text = form.get(name)
        return before if text is None else text

    conditions = [
        replace(
            one,
            error="",
            **{
                name: said(f"{name}_{one.key}", getattr(one, name))
                for name in CONDITION_TEXTS
            },
        )
        for one in draft.conditions
    ]
    shares = [
        ShareDraft(
            one.key,
            said(f"category_{one.key}", one.category),
            said(f"percent_{one.key}", one.percent),
        )
        for one in draft.shares
    ]
    texts = {name: said(name, getattr(draft, name)) for name in TEXTS}
    return replace(draft, conditions=conditions, shares=shares, **texts)


def read_rule(draft: RuleDraft, reader: Reader) -> NewRule:
    """The rule of a draft.

    Raises:
        InvalidInput: under ``conditions.<place>`` or a field of the actions.
    """
    return NewRule(
        conditions=tuple(
            _read_condition(one, f"conditions.{place}", reader)
            for place, one in enumerate(draft.conditions)
        ),
        actions=Actions(
            shares=_read_shares(draft),
            transfer_account_id=read_id(draft.transfer, "actions.transfer_account_id")
            if draft.does == TRANSFER
            else None,
            payee=draft.payee,
            note=draft.note,
        ),
        needs_all=draft.join != "any",
        tags=read_tags(draft.tags),
    )


def read_tags(text: str) -> tuple[str, ...]:
    """The names in a list with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def with_errors(
    draft: RuleDraft, error: FinTrackError, reader: Reader
) -> tuple[RuleDraft, dict[str, str]]:
    """Each finding beside its condition; the others by the field of the editor."""
    said = errors_by_field(error, reader.language)
    by_place: dict[str, str] = {}
    others: dict[str, str] = {}
    for name, text in said.items():
        head, _, rest = name.partition(".")
        if head == "conditions" and rest:
            by_place.setdefault(rest.partition(".")[0], text)
        else:
            others[rest if head == "actions" and rest else "form"] = text
    conditions = [
        replace(one, error=by_place.get(str(place), ""))
        for place, one in enumerate(draft.conditions)
    ]
    known = {"shares", "transfer_account_id", "payee", "note"}
    kept = {name if name in known else "form": text for name, text in others.items()}
    return replace(draft, conditions=conditions), kept


def _read_condition(one: ConditionDraft, at: str, reader: Reader) -> Condition:
    try:
        field = Field(one.field)
        # The comparison of a field that was there before does not fit a new one.
        fits = one.test in TESTS[field]
        test = Comparison(one.test) if fits else TESTS[field][0]
    except ValueError:
        raise InvalidInput("This comparison does not fit.", field=at) from None
    bounded = field in (Field.AMOUNT, Field.DAY)
    return Condition(
        field,
        test,
        words=one.words if field in (Field.PAYEE, Field.TEXT, Field.FLOW) else "",
        account_id=read_id(one.account, at) if field is Field.ACCOUNT else None,
        least=_read_bound(one.least, at, reader) if bounded else None,
        most=_read_bound(one.most, at, reader) if bounded else None,
    )


def _read_bound(text: str, at: str, reader: Reader) -> Decimal | None:
    if not text.strip():
        return None
    return evaluate(text, number_style(reader.language), field=at)


def _read_shares(draft: RuleDraft) -> tuple[Share, ...]:
    at = "actions.shares"
    if draft.does == CATEGORY:
        return (Share(read_id(draft.category, at)),)
    if draft.does == SPLIT:
        return tuple(
            Share(read_id(one.category, at), _percent(one.percent, at))
            for one in draft.shares
        )
    return ()


def _percent(text: str, at: str) -> int:
    digits = text.strip().removesuffix("%").strip()
    if not (digits.isascii() and digits.isdigit() and int(digits[:9]) <= WHOLE):
        raise InvalidInput("Please enter whole percents.", field=at)
    return int(digits)
