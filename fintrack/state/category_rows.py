"""Categories as rows and choices, in the words of one reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from fintrack.core import routes
from fintrack.core.chart import Kind
from fintrack.core.text import translate, translate_plural
from fintrack.services.ledger.category_rows import CategoryView
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice
from fintrack.state.rows import Difference


@dataclass(frozen=True)
class CategoryRow:
    """One category of a tree; a child stands indented below its parent."""

    id: str
    name: str
    count: str
    is_child: bool
    href: str


@dataclass(frozen=True)
class CategoryDraft:
    """What the form shows: a new category, or one that is edited or merged."""

    id: str = ""
    name: str = ""
    kind: str = Kind.EXPENSE
    parent_id: str = ""
    has_children: bool = False
    can_merge: bool = False


def rows_of(
    views: Sequence[CategoryView], kind: Kind, reader: Reader
) -> list[CategoryRow]:
    """The tree of one kind, each parent before its children."""
    return [
        CategoryRow(
            id=str(view.id),
            name=view.name,
            count=_count(view.posting_count, reader),
            is_child=view.parent_id is not None,
            href=routes.transactions(category=str(view.id)),
        )
        for view in views
        if view.kind == kind
    ]


def _count(number: int, reader: Reader) -> str:
    if not number:
        return translate("No transactions yet", reader.language)
    return translate_plural(
        "{n} transaction", "{n} transactions", number, reader.language
    )


def merge_text(category: CategoryView, into: CategoryView, reader: Reader) -> str:
    """What a merge would do, in one sentence."""
    return translate_plural(
        "{n} transaction moves from {name} to {into}, and {name} disappears. "
        "You can undo this.",
        "{n} transactions move from {name} to {into}, and {name} disappears. "
        "You can undo this.",
        category.posting_count,
        reader.language,
        name=category.name,
        into=into.name,
    )


def tops(views: Sequence[CategoryView], kind: Kind) -> list[Choice]:
    """The categories that others may stand below."""
    return [
        Choice(str(view.id), view.name)
        for view in views
        if view.kind == kind and view.parent_id is None and not view.uncategorised
    ]


def path(view: CategoryView, views: Sequence[CategoryView]) -> str:
    """A category with the one above it."""
    above = next((one.name for one in views if one.id == view.parent_id), "")
    return f"{above} / {view.name}" if above else view.name


def differences(
    draft: CategoryDraft,
    theirs: CategoryView,
    views: Sequence[CategoryView],
    reader: Reader,
) -> list[Difference]:
    """What was typed and what somebody else saved, where they are not the same."""
    names = {str(view.id): view.name for view in views} | {"": reader.say("At the top")}
    fields = (
        (reader.say("Name"), draft.name, theirs.name),
        (
            reader.say("Below"),
            names.get(draft.parent_id, ""),
            names[str(theirs.parent_id or "")],
        ),
    )
    return [
        Difference(label, mine, found) for label, mine, found in fields if mine != found
    ]
