"""Suggestions: what came again and again in the books, and is no item yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Row, select, text
from sqlmodel import col

from fintrack.core.actor import LedgerRole
from fintrack.core.errors import InvalidInput
from fintrack.core.folding import fold
from fintrack.core.money import Money
from fintrack.core.recurrence import Rule
from fintrack.core.regularity import LEAST_TIMES, Regular, find_regular
from fintrack.core.words import is_kept
from fintrack.models.recurring import RecurringDismissal
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger.days import ledger_today
from fintrack.services.recurring import item_rows

# So many of the newest transactions are looked at, and of them so many years: a cost
# that does not grow with the books.
LOOKED_AT: Final = 20_000
BACK: Final = timedelta(days=3 * 366 + 30)
# What comes more often than each fourth day or so is daily life.
MOST_TIMES: Final = 200
MOST: Final = 12
MAX_MARK: Final = 300

# Plain payments: one account, one category. A payee that came once or twice teaches
# nothing, and is left out before its postings are read.
_PLAIN = text(
    "WITH newest AS (SELECT id, on_date, payee FROM transaction "
    "WHERE ledger_id = :ledger_id AND voided_at IS NULL AND on_date > :since "
    "AND on_date <= :today ORDER BY on_date DESC, id DESC LIMIT :looked_at), "
    "often AS (SELECT payee FROM newest WHERE payee <> '' GROUP BY payee "
    "HAVING count(*) BETWEEN :least AND :most) "
    "SELECT t.payee, t.on_date, p.minor, p.currency, p.account_id, p.other_id "
    "FROM newest t JOIN often USING (payee) CROSS JOIN LATERAL ("
    "SELECT count(*) AS parts, "
    "max(p.amount_minor) FILTER (WHERE a.currency IS NOT NULL) AS minor, "
    "max(p.currency) AS currency, "
    "max(a.id) FILTER (WHERE a.currency IS NOT NULL) AS account_id, "
    "max(a.id) FILTER (WHERE a.kind IN ('income', 'expense')) AS other_id, "
    "bool_and(a.closed_on IS NULL) AS is_open "
    "FROM posting p "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "WHERE p.ledger_id = :ledger_id AND p.transaction_id = t.id "
    "AND p.on_date = t.on_date) p "
    "WHERE p.parts = 2 AND p.is_open AND p.account_id IS NOT NULL "
    "AND p.other_id IS NOT NULL AND p.minor <> 0 ORDER BY t.on_date, t.id"
)
_NAMES = text(
    "SELECT id, name FROM account WHERE ledger_id = :ledger_id AND id = ANY(:ids)"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What seems to come again; ``mark`` tells it from others for good.

    ``amount`` is the last one, positive into the account; ``times`` counts how often
    it was seen up to ``last_on``.
    """

    mark: str
    name: str
    account_id: int
    account_name: str
    other_id: int
    other_name: str
    amount: Money
    rule: Rule
    times: int
    last_on: date


@question("recurring.suggest", ledger=LedgerRole.VIEWER)
async def suggest_items(work: Work) -> tuple[Suggestion, ...]:
    """What was paid to or by one payee three times or more, at regular distances.

    Of the newest 20,000 transactions. The next to come is first; what is an item
    already, or was dismissed, is left out.
    """
    today = await ledger_today(work)
    values = {
        "ledger_id": work.ledger_id,
        "since": today - BACK,
        "today": today,
        "looked_at": LOOKED_AT,
        "least": LEAST_TIMES,
        "most": MOST_TIMES,
    }
    found = (await work.session.execute(_PLAIN, values)).all()
    known = await _known(work, today)
    regular = [
        (visits[-1], mark, rhythm)
        for mark, visits in _by_mark(found).items()
        if mark not in known
        and (rhythm := find_regular([(v.on_date, v.minor) for v in visits], today))
    ]
    regular.sort(key=lambda one: (one[2].next_on, one[1]))
    return await _named(work, regular[:MOST])


@command("recurring.dismiss", ledger=LedgerRole.EDITOR)
async def dismiss_suggestion(work: Work, mark: str) -> None:
    """Leaves a suggestion out from now on.

    Raises:
        InvalidInput: no suggestion has such a mark.
    """
    if not 0 < len(mark) <= MAX_MARK or not is_kept(mark):
        raise InvalidInput("There is no such suggestion.", field="mark")
    known = await work.session.scalar(
        select(col(RecurringDismissal.id)).where(
            col(RecurringDismissal.ledger_id) == work.ledger_id,
            col(RecurringDismissal.mark) == mark,
        )
    )
    if known is None:
        row = RecurringDismissal(
            ledger_id=work.ledger_id, mark=mark, created_at=work.now
        )
        work.session.add(row)
        await work.session.flush()


def mark_of(name: str, money: Money) -> str:
    """What tells one suggestion from another: who, which way, in which currency."""
    way = "in" if money.minor > 0 else "out"
    return f"{way} {money.currency} {fold(name)}"[:MAX_MARK]


def folded_payee(mark: str) -> str:
    """Who a mark is of, as it is written folded."""
    return mark.split(" ", 2)[-1]


def _by_mark(
    found: Iterable[Row[*tuple[Any, ...]]],
) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    visits: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in found:
        visits[mark_of(row.payee, Money(row.minor, row.currency))].append(row)
    return visits


async def _known(work: Work, today: date) -> set[str]:
    """Marks of what is an item already, ended or not, and of what was dismissed."""
    dismissed = await work.session.scalars(
        select(col(RecurringDismissal.mark)).where(
            col(RecurringDismissal.ledger_id) == work.ledger_id
        )
    )
    items = await item_rows.read_items(work, today)
    return {*dismissed.all(), *(mark_of(item.name, item.amount) for item in items)}


async def _named(
    work: Work, regular: list[tuple[Row[*tuple[Any, ...]], str, Regular]]
) -> tuple[Suggestion, ...]:
    ids = {id_ for visit, _, _ in regular for id_ in (visit.account_id, visit.other_id)}
    values = {"ledger_id": work.ledger_id, "ids": list(ids)}
    names = {row.id: row for row in await work.session.execute(_NAMES, values)}
    return tuple(
        Suggestion(
            mark=mark,
            name=visit.payee,
            account_id=visit.account_id,
            account_name=names[visit.account_id].name,
            other_id=visit.other_id,
            other_name=names[visit.other_id].name,
            amount=Money(visit.minor, visit.currency),
            rule=found.rule,
            times=len(found.days),
            last_on=found.days[-1],
        )
        for visit, mark, found in regular
    )
