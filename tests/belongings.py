"""One of each thing that has an id, so that somebody else can try to reach it."""

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from sqlalchemy import text

from fintrack.core.actor import SYSTEM
from fintrack.core.recurrence import Pattern, Rule
from fintrack.core.rules import Actions, Comparison, Condition, Field, Share
from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from fintrack.models.base import MainRow
from fintrack.services.attachments.receiving import receive_attachment
from fintrack.services.commands import Work, perform
from fintrack.services.database import Database
from fintrack.services.imports.confirming import confirm_import
from fintrack.services.imports.receiving import receive_file
from fintrack.services.rates.own import OwnRateGiven, set_own_rate
from fintrack.services.reconciling.comparing import Statement
from fintrack.services.reconciling.finishing import finish_reconciliation
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import add_item
from fintrack.services.rules.keeping import add_rule
from fintrack.services.rules.rule_rows import NewRule
from fintrack.services.sessions import Browser, hash_token, open_session
from fintrack.services.templates.keeping import add_template
from tests.books import Books, money
from tests.core.test_picture import picture

# Every word of hers that an answer could give away holds this one.
MARK = "Zanzibar"
APART = 100_000
# What the refused leave behind in the trail is not hers.
TRAIL = {"change_set", "change_row", "security_event", "try_counter"}


@dataclass(frozen=True)
class Ids:
    """One of each thing that has an id."""

    account_id: int
    category_id: int
    transaction_id: int
    change_id: int
    preview_id: int
    import_id: int
    session_id: int
    person_id: int
    rule_id: int
    tag_id: int
    item_id: int
    attachment_id: int
    template_id: int
    reconciliation_id: int
    rate_id: int

    @property
    def by_name(self) -> dict[str, int]:
        return asdict(self)


async def make_ids(books: Books, word: str = MARK) -> Ids:
    """Gives the owner of ``books`` one of each, all named after ``word``."""
    account = await books.open(f"{word} Bank", "100 EUR")
    category = await books.category(f"{word} Food")
    done = await books.spend(
        account.id, category, "5 EUR", date(2026, 3, 5), f"{word} Shop"
    )
    rule_id, tag_id = await _rule(books, category, word)
    first = await _preview(books, account.id, word)
    batch = await perform(books.actor, confirm_import, first)
    waiting = await _preview(books, account.id, word)
    return Ids(
        account.id,
        category,
        done.value.id,
        done.change_id,
        waiting,
        batch.value.id,
        await make_session(books, f"{books.actor}"[:60]),
        books.actor.person_id or 0,
        rule_id,
        tag_id,
        await _recurring(books, account.id, category, word),
        await _attachment(books, done.value.id, word),
        await _template(books, account.id, category, word),
        await _reconciliation(books, word),
        await _own_rate(books),
    )


async def _own_rate(books: Books) -> int:
    given = OwnRateGiven("EUR", "TRY", date(2026, 3, 5), Decimal("48.5"))
    return (await perform(books.actor, set_own_rate, given)).value.id


async def make_session(books: Books, token: str) -> int:
    """A session of the owner of ``books`` whose cookie is ``token``."""
    person_id, ledger_id = books.actor.person_id, books.actor.ledger_id
    assert person_id
    assert ledger_id
    async with books.home.unit_of_work() as session:
        work = Work(session, SYSTEM, books.home.clock())
        at = Browser(hash_token(token), "127.0.0.1", "Firefox")
        await open_session(work, person_id, ledger_id, at)
        newest = text("SELECT max(id) FROM sign_in_session")
        return int(await session.scalar(newest) or 0)


async def set_ids_apart(home: Database) -> None:
    """From now on no two tables give one id: each means one thing and no other."""
    tables = [table.name for table in MainRow.metadata.sorted_tables if "id" in table.c]
    async with home.unit_of_work() as session:
        for name, start in zip(tables, count(APART, APART), strict=False):
            # No sequence, no ids that a database gives out.
            await session.execute(
                text(
                    "SELECT setval(s, :start) FROM pg_get_serial_sequence"
                    "(cast(:name AS text), 'id') AS s WHERE s IS NOT NULL"
                ),
                {"name": name, "start": start},
            )


async def images_of(books: Books) -> list[str]:
    """Every row of the owner of ``books``, whatever the table."""
    found: list[str] = []
    for table in MainRow.metadata.sorted_tables:
        owned = [name for name in ("ledger_id", "person_id") if name in table.c]
        if not owned or table.name in TRAIL:
            continue
        either = " OR ".join(f"{name} = :{name}" for name in owned)
        query = f'SELECT t::text AS image FROM "{table.name}" t WHERE {either}'  # noqa: S608 - names of our own tables
        values = {name: getattr(books.actor, name) for name in owned}
        found += [row.image for row in await books.rows(query, **values)]
    person = "SELECT p::text AS image FROM person p WHERE id = :id"
    found += [row.image for row in await books.rows(person, id=books.actor.person_id)]
    return sorted(found)


async def _rule(books: Books, category_id: int, word: str) -> tuple[int, int]:
    """A rule that fits nothing, and the tag that it would add."""
    condition = Condition(Field.PAYEE, Comparison.EQUALS, f"{word} Nobody")
    actions = Actions(shares=(Share(category_id),))
    new = NewRule((condition,), actions, tags=(f"{word} tag",))
    rule = (await perform(books.actor, add_rule, new)).value.rule
    return rule.id, rule.actions.tag_ids[0]


async def _preview(books: Books, account_id: int, word: str) -> int:
    async def chunks() -> AsyncIterator[bytes]:
        rows = f"2026-03-05;-12.50;{word} One\n2026-03-06;-1.00;{word} Two\n"
        yield f"Date;Amount;Payee\n{rows}".encode()

    done = await receive_file(books.actor, account_id, f"{word}.csv", chunks())
    return done.value.id


async def _attachment(books: Books, transaction_id: int, word: str) -> int:
    """A photo, so that it has a thumbnail too."""

    async def chunks() -> AsyncIterator[bytes]:
        yield picture("PNG", (9, 9))

    name = f"{word}.png"
    done = await receive_attachment(books.actor, transaction_id, name, chunks())
    return done.value.id


async def _reconciliation(books: Books, word: str) -> int:
    """An empty account of its own that agreed with its statement."""
    account = await books.open(f"{word} Purse")
    statement = Statement(account.id, date(2026, 3, 5), money("0 EUR"))
    return (await perform(books.actor, finish_reconciliation, statement)).value.id


async def _recurring(books: Books, account_id: int, category_id: int, word: str) -> int:
    """Something that comes again each Wednesday, today too, and waits for a yes."""
    rule = Rule(Pattern.WEEKS, date(2026, 11, 18))
    new = NewItem(f"{word} Rent", account_id, category_id, money("-5 EUR"), rule)
    return (await perform(books.actor, add_item, new)).value.id


async def _template(books: Books, account_id: int, category_id: int, word: str) -> int:
    shares = (TemplateShare(category_id),)
    kind = TemplateKind.EXPENSE
    new = NewTemplate(f"{word} Lunch", kind, account_id, shares=shares)
    return (await perform(books.actor, add_template, new)).value.id
