"""What search and jump finds in the books, by what words begin with."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import reflex as rx

from fintrack.core import routes
from fintrack.core.folding import has_words, search_words
from fintrack.services.commands import Snapshot, snapshot
from fintrack.services.ledger.accounts import list_accounts
from fintrack.services.ledger.categories import list_categories
from fintrack.services.ledger.listing import Filter, list_transactions
from fintrack.services.ledger.payees import suggest_payees
from fintrack.services.ledger.reading import TransactionView
from fintrack.services.tags.keeping import list_tag_names
from fintrack.services.templates.keeping import list_templates
from fintrack.state.accounts import GROUPS
from fintrack.state.amounts import Reader, amount_row
from fintrack.state.palette_currencies import (
    MOST,
    FoundRow,
    conversion_rows,
    currency_places,
)
from fintrack.state.session import actor_of, reader_of
from fintrack.state.template_draft import template_row
from fintrack.state.transaction_filters import ALL, MAX_WORDS
from fintrack.state.transaction_rows import transaction_row


@dataclass(frozen=True)
class FoundGroup:
    """Things of one kind."""

    label: str
    rows: list[FoundRow] = field(default_factory=list)


class PaletteState(rx.State):
    """The rows under the search field of the top bar."""

    groups: list[FoundGroup] = []

    @rx.event
    async def look_up(self, words: str) -> None:
        """Finds what the words begin; nothing for no words."""
        typed = words[:MAX_WORDS].strip()
        if not search_words(typed):
            self.groups = []
            return
        reader = await reader_of(self)
        async with snapshot(await actor_of(self)) as books:
            groups = {
                reader.say("Convert"): await conversion_rows(books, typed, reader),
                reader.say("Templates"): await _templates(books, typed, reader),
                reader.say("Accounts"): await _accounts(books, typed, reader),
                reader.say("Categories"): await _categories(books, typed),
                reader.say("Tags"): await _tags(books, typed),
                reader.say("Payees"): await _payees(books, typed),
                reader.say("Transactions"): await _transactions(books, typed, reader),
                reader.say("Currencies"): currency_places(typed, reader),
            }
        self.groups = [FoundGroup(*found) for found in groups.items() if found[1]]


async def _templates(books: Snapshot, typed: str, reader: Reader) -> list[FoundRow]:
    rows = [
        FoundRow(
            id=f"palette-template-{view.id}",
            name=reader.say("New: {name}", name=view.name),
            href=routes.new_transaction(template=str(view.id)),
            detail=template_row(view, reader).detail,
            glyph="template",
        )
        for view in await books.ask(list_templates)
    ]
    return [row for row in rows if has_words(row.name, typed)][:MOST]


async def _accounts(books: Snapshot, typed: str, reader: Reader) -> list[FoundRow]:
    found = await books.ask(list_accounts)
    return [
        FoundRow(
            id=f"palette-account-{view.id}",
            name=view.name,
            href=routes.account(str(view.id)),
            glyph=GROUPS[view.type][1],
            amount=amount_row(view.balance, reader.language),
        )
        for view in found
        if has_words(view.name, typed)
    ][:MOST]


async def _categories(books: Snapshot, typed: str) -> list[FoundRow]:
    found = await books.ask(list_categories)
    return [
        FoundRow(
            id=f"palette-category-{view.id}",
            name=view.name,
            href=routes.transactions(category=str(view.id), period=ALL),
            glyph="tag",
        )
        for view in found
        if has_words(view.name, typed)
    ][:MOST]


async def _tags(books: Snapshot, typed: str) -> list[FoundRow]:
    found = await books.ask(list_tag_names)
    return [
        FoundRow(
            id=f"palette-tag-{tag_id}",
            name=f"#{name}",
            href=routes.transactions(tag=str(tag_id), period=ALL),
            glyph="tag",
        )
        for tag_id, name in found
        if has_words(name, typed)
    ][:MOST]


async def _payees(books: Snapshot, typed: str) -> list[FoundRow]:
    return [
        FoundRow(
            id=f"palette-payee-{number}",
            name=payee,
            href=routes.transactions(q=payee, period=ALL),
            glyph="store",
        )
        for number, payee in enumerate(
            await books.ask(suggest_payees, typed, limit=MOST)
        )
    ]


async def _transactions(books: Snapshot, typed: str, reader: Reader) -> list[FoundRow]:
    page = await books.ask(list_transactions, Filter(words=typed), limit=MOST)
    return _transaction_rows(page.items, typed, reader)


def _transaction_rows(
    views: Sequence[TransactionView], typed: str, reader: Reader
) -> list[FoundRow]:
    found = []
    for view in views:
        row = transaction_row(view, reader, frozenset())
        day = view.on_date.isoformat()
        found.append(
            FoundRow(
                id=f"palette-transaction-{row.id}",
                name=row.name,
                # Its day alone: there it is seen among its neighbours, and opened.
                href=routes.transactions(q=typed, period=f"{day}..{day}"),
                detail=f"{reader.day(view.on_date)} · {row.on_phone}",
                glyph=row.glyph,
                amount=row.amount,
            )
        )
    return found
