"""What the ledger knows of rows: rules, and what payees had last."""

from sqlalchemy import select, text
from sqlmodel import col

from fintrack.core.chart import CATEGORY_TYPE
from fintrack.core.statements.place_names import Chart, Leaf, chart_of
from fintrack.models.ledger import Account
from fintrack.services import plans
from fintrack.services.commands import Work
from fintrack.services.imports.placing import Knowledge
from fintrack.services.ledger.openings import find_beginnings
from fintrack.services.rules.rulebook import load_rulebook

# So many of the newest transactions are remembered: years of a person's payees, and a
# cost that does not grow with the ledger.
REMEMBERED = 20_000

# Oldest first, so that of two spellings of a payee the newer one counts in the end. A
# payee that stands in no column is found by the description.
_LAST_CATEGORIES = text(
    "SELECT last.place, last.id FROM ("
    "SELECT DISTINCT ON (t.place) t.place, a.id, t.on_date, t.id AS transaction_id "
    "FROM (SELECT id, ledger_id, on_date, category_source, "
    "coalesce(nullif(payee, ''), description) AS place "
    "FROM transaction WHERE ledger_id = :ledger_id AND voided_at IS NULL "
    "ORDER BY on_date DESC, id DESC LIMIT :most) t "
    "JOIN posting p ON p.ledger_id = t.ledger_id AND p.transaction_id = t.id "
    "AND p.on_date = t.on_date "
    "JOIN account a ON a.ledger_id = p.ledger_id AND a.id = p.account_id "
    "AND a.type = :type AND a.closed_on IS NULL "
    "WHERE t.place <> '' AND t.category_source IN ('you', 'learned') "
    "ORDER BY t.place, t.on_date DESC, t.id DESC, p.position"
    ") last ORDER BY last.on_date, last.transaction_id"
)


async def load_learned(work: Work) -> list[tuple[str, int]]:
    """The category that a person gave each payee last, oldest first.

    What was learned before teaches too, what a rule gave does not.
    """
    found = await work.session.execute(
        _LAST_CATEGORIES,
        {"ledger_id": work.ledger_id, "most": REMEMBERED, "type": CATEGORY_TYPE},
    )
    return [(place, category_id) for place, category_id in found.all()]


async def load_knowledge(work: Work) -> Knowledge:
    """What decides where rows go: rules, payees, names and first days of the places."""
    found = await work.session.execute(
        select(col(Account.id), col(Account.name)).where(
            col(Account.ledger_id) == work.ledger_id
        )
    )
    return Knowledge(
        await load_rulebook(work),
        await load_learned(work),
        {row.id: row.name for row in found},
        await load_chart(work),
        await find_beginnings(work),
    )


async def load_chart(work: Work) -> Chart:
    """The places that a file may name: what is open and not beyond the plan."""
    found = await work.session.execute(
        select(
            col(Account.id),
            col(Account.kind),
            col(Account.name),
            col(Account.parent_id),
            col(Account.currency),
        ).where(
            col(Account.ledger_id) == work.ledger_id, col(Account.closed_on).is_(None)
        )
    )
    surplus = await plans.find_surplus(work.session, work.ledger_id, "accounts")
    return chart_of(Leaf(*row) for row in found.all() if row.id not in surplus)
