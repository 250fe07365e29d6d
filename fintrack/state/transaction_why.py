"""Why a transaction has its category, and whether a choice is to be a rule."""

from collections.abc import Sequence

from fintrack.core import routes
from fintrack.core.text import message_id
from fintrack.services.ledger.reading import TransactionView
from fintrack.state.amounts import Reader
from fintrack.state.ledger_choices import ChoiceGroup, flat
from fintrack.state.transaction_rows import sides

WHY = {
    "you": message_id("You chose the category."),
    "rule": message_id("A rule chose the category."),
    "learned": message_id("The category is what you chose for this payee before."),
    "import": message_id("The category came with an import."),
}


def why(
    view: TransactionView, categories: Sequence[ChoiceGroup], reader: Reader
) -> tuple[str, str]:
    """Where the category came from, in words, and the page of the rule that gave it.

    Nobody chose the places of what has no category.
    """
    open_places = {one.value for one in flat(categories) if one.is_uncategorised}
    found = {str(one.account_id) for one in sides(view).categories} - open_places
    said = WHY.get(view.category_source, "") if found else ""
    href = routes.rule(str(view.rule_id)) if view.rule_id else ""
    return (reader.say(said) if said else ""), href


def offer(view: TransactionView, before: int, reader: Reader) -> tuple[str, str] | None:
    """The question after another category was chosen for a payee, and its page."""
    chosen = sides(view).choice
    if not view.payee or not before or chosen in (0, before):
        return None
    (category,) = sides(view).categories
    text = reader.say(
        "Always put {name} in {category}?",
        name=view.payee,
        category=category.account_name,
    )
    return text, routes.new_rule(view.payee, str(chosen))
