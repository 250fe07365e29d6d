"""What a preview looks like over REST: its mapping, its rows, its sums."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from fintrack.api.money import MoneyShown
from fintrack.api.problems import say
from fintrack.api.routes import Body
from fintrack.api.shapes import Day, Id, Text, View
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.statements.mapping import Mapping
from fintrack.services.imports.judging import Status
from fintrack.services.imports.preview_rows import PreviewRow
from fintrack.services.imports.previews import MAX_DECISIONS, PreviewHead
from fintrack.services.imports.survey import PreviewView

MAX_ROW = 2**31 - 1
MAX_COLUMNS = 1000


class MappingGiven(Body):
    """How the file is read; all of it is sent, as the preview showed it.

    ``format`` and ``part`` say what the file is and cannot be changed by this.
    """

    encoding: Text
    separator: Text
    quote: Text
    skip_rows: Annotated[int, Field(ge=0, le=MAX_ROW)]
    header: Annotated[list[Text], Field(max_length=MAX_COLUMNS)]
    roles: Annotated[list[Text], Field(max_length=MAX_COLUMNS)]
    date_order: Text
    number_style: Text
    flip_sign: bool
    currency: Text
    format: Text = "csv"
    part: Text = ""

    def read(self) -> Mapping:
        """The mapping that this means.

        Raises:
            InvalidInput: under ``mapping.<field>``.
        """
        try:
            return Mapping.from_json(self.model_dump())
        except InvalidInput as error:
            raise InvalidInput.of(
                [
                    Problem(found.message, f"mapping.{found.field}", found.values)
                    for found in error.problems
                ]
            ) from None


class DecisionGiven(Body):
    """Whether the record with this number of the file is taken."""

    number: Annotated[int, Field(ge=1, le=MAX_ROW)]
    take: bool


class PreviewEdit(Body):
    """Another reading of the file, decisions for some of its rows, or both.

    ``part`` is another account or sheet of the file, ``account_id`` another account of
    the ledger; what was decided on rows falls away with either.
    """

    mapping: MappingGiven | None = None
    decisions: Annotated[
        tuple[DecisionGiven, ...], Field(max_length=MAX_DECISIONS, strict=False)
    ] = ()
    part: Text | None = None
    account_id: Id | None = None


class PartShown(View):
    """An account or a sheet of the file, with the transactions seen in it."""

    name: str
    currency: str
    rows: int


class MappingShown(BaseModel):
    """How the file is read."""

    encoding: str
    separator: str
    quote: str
    skip_rows: int
    header: list[str]
    roles: list[str]
    date_order: str
    number_style: str
    flip_sign: bool
    currency: str
    format: str
    part: str


class HeadShown(BaseModel):
    """A file that waits for a yes; ``notes`` say what to look at first.

    ``remembered``: it is read as an earlier file with the same columns was. ``parts``
    are the accounts or sheets in it, of which ``mapping.part`` is read.
    """

    id: Id
    account_id: Id
    filename: str
    mapping: MappingShown
    notes: list[str]
    expires_at: datetime
    remembered: bool
    parts: list[PartShown]


class UnderstoodShown(View):
    """What a record says; positive money came in."""

    on_date: Day
    amount: Annotated[MoneyShown, Field(validation_alias="money")]
    payee: str
    description: str
    reference: str
    balance: MoneyShown | None


class GivenShown(View):
    """The category that a row will get: from a rule, learned, or none yet.

    ``leaves_open`` says that a part of a split has none.
    """

    categories: list[str]
    source: str
    rule_id: int | None
    payee: str
    leaves_open: bool


class RowShown(BaseModel):
    """A record, raw beside understood, with what will happen to it."""

    number: int
    raw: list[str]
    understood: UnderstoodShown | None
    given: GivenShown | None
    status: Status
    taken: bool
    choosable: bool
    reasons: list[str]


class FlowShown(View):
    """What the file moves in one currency; ``out`` is positive."""

    into: MoneyShown
    out: MoneyShown
    rows: int


class BalanceCheckShown(View):
    """Whether opening plus moved gives closing in the file's own balance column.

    ``closing`` stands at the end of ``closing_on``.
    """

    holds: bool
    opening: MoneyShown | None
    moved: MoneyShown
    closing: MoneyShown | None
    closing_on: Day | None
    broken_at: int


class OpeningShown(View):
    """What was on the account when it was opened."""

    on_date: Day
    money: MoneyShown


class PreviewShown(HeadShown):
    """A preview with a page of its rows as a list, and its first doubtful ones.

    The balances before and after are those of the account at the end of ``balance_on``,
    the day of the file's last balance or else today. ``older`` counts the rows to add
    that are from before the ``opening`` of the account.
    """

    items: list[RowShown]
    next: str | None
    doubtful: list[RowShown]
    counts: dict[Status, int]
    to_add: int
    to_clear: int
    locked: int
    locked_on: Day | None
    older: int
    opening: OpeningShown | None
    first_day: Day | None
    last_day: Day | None
    flows: list[FlowShown]
    balances: list[BalanceCheckShown]
    balance_on: Day
    balance_before: MoneyShown
    balance_after: MoneyShown


def show_head(head: PreviewHead, language: str) -> HeadShown:
    """The head with its notes as sentences."""
    return HeadShown(
        id=head.id,
        account_id=head.account_id,
        filename=head.filename,
        mapping=MappingShown.model_validate(head.mapping.to_json()),
        notes=[say(note, language) for note in head.notes],
        expires_at=head.expires_at,
        remembered=head.remembered,
        parts=[PartShown.model_validate(part) for part in head.parts],
    )


def show_preview(view: PreviewView, language: str) -> PreviewShown:
    """The preview with its reasons as sentences."""
    head = show_head(view.head, language)
    return PreviewShown(
        **dict(head),
        items=[_show_row(row, language) for row in view.rows],
        next=None if view.next is None else str(view.next),
        doubtful=[_show_row(row, language) for row in view.doubtful],
        counts=view.counts,
        to_add=view.to_add,
        to_clear=view.to_clear,
        locked=view.locked,
        locked_on=view.locked_on,
        older=view.older,
        opening=OpeningShown.model_validate(view.opening) if view.opening else None,
        first_day=view.first_day,
        last_day=view.last_day,
        flows=[FlowShown.model_validate(flow) for flow in view.flows],
        balances=[BalanceCheckShown.model_validate(check) for check in view.balances],
        balance_on=view.balance_on,
        balance_before=MoneyShown.model_validate(view.balance_before),
        balance_after=MoneyShown.model_validate(view.balance_after),
    )


def _show_row(row: PreviewRow, language: str) -> RowShown:
    understood = row.understood
    return RowShown(
        number=row.number,
        raw=list(row.raw),
        understood=UnderstoodShown.model_validate(understood) if understood else None,
        given=GivenShown.model_validate(row.given) if row.given else None,
        status=row.status,
        taken=row.taken,
        choosable=row.choosable,
        reasons=[say(reason, language) for reason in row.reasons],
    )
