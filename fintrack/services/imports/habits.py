"""Habits that sample data or whole books brought: they go when these go."""

from typing import Final

from sqlalchemy import text

from fintrack.services.commands import Work
from fintrack.services.rules.rulebook import check_rulebook, load_rulebook

_DATES: Final = text(
    "DELETE FROM recurring_occurrence d USING recurring_item i "
    "WHERE i.ledger_id = :ledger_id AND i.import_id = :import_id "
    "AND d.ledger_id = i.ledger_id AND d.item_id = i.id"
)
_ITEMS: Final = text(
    "DELETE FROM recurring_item WHERE ledger_id = :ledger_id AND import_id = :import_id"
)
_TEMPLATES: Final = tuple(
    text(
        f"DELETE FROM {table} p USING template t "  # noqa: S608 - constants only
        "WHERE t.ledger_id = :ledger_id AND t.import_id = :import_id "
        f"AND p.ledger_id = t.ledger_id AND p.{of} = t.id"
    )
    for table, of in (
        ("template_share", "template_id"),
        ("template_tag", "template_id"),
        ("template", "id"),
    )
)
_RULES: Final = text(
    "UPDATE rule SET removed_at = :now, version = version + 1 "
    "WHERE ledger_id = :ledger_id AND import_id = :import_id "
    "AND removed_at IS NULL RETURNING id"
)


async def remove_habits(work: Work, import_id: int) -> None:
    """Removes the rules, recurring items and templates of an import, edited ones too.

    A rule that was removed stays as the reason of what it did. What items have booked
    stands for no date any more.

    Raises:
        InvalidInput: a rule kept others from renaming in a circle.
    """
    values = {"ledger_id": work.ledger_id, "import_id": import_id}
    for statement in (_DATES, _ITEMS, *_TEMPLATES):
        await work.session.execute(statement, values)
    before = await load_rulebook(work)
    gone = await work.session.execute(_RULES, {**values, "now": work.now})
    if gone.all():
        await check_rulebook(work, before)
