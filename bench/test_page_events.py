"""Events of pages over the real socket of the real server, on seeded books."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from reflex.utils.format import format_event_handler
from websockets.asyncio.client import ClientConnection

from bench.books import LAST
from bench.conftest import TRANSACTIONS, Seeded, opened
from bench.table import Times, measure_in_turns, print_table
from fintrack.core.actor import SYSTEM
from fintrack.services import change_sets
from fintrack.services.commands import Work
from fintrack.services.ledger.listing import Position
from fintrack.services.sessions import Browser, hash_token, new_token, open_session
from fintrack.state.dashboard import DashboardState
from fintrack.state.transaction_form import TransactionForm
from fintrack.state.transactions import TransactionsState
from tests.books import Books
from tests.conftest import TestServer
from tests.site import hydrate, join, running, send_event

MAX_P50 = 15
MAX_P95 = 50
Event = Callable[[], Awaitable[object]]


async def test_page_events_on_seeded_books(
    server: TestServer, many: Seeded, tmp_path: Path
) -> None:
    name = server.clone(many.name)
    async with opened(server, name):
        cookie = f"fintrack={await _sign_in(many.people[4])}"
    log = server.clone("template_log")
    async with (
        running(server.url(name), server.url(log), tmp_path) as site,
        site.open(site.url, cookie) as tab,
    ):
        await join(tab)
        await hydrate(tab)
        events = _events(tab)
        found = await measure_in_turns(*events.values())
    server.drop(name)
    server.drop(log)
    every = Times(tuple(run for times in found for run in times.runs))
    print_table(
        f"Events of pages, one of 10 people with {TRANSACTIONS:,} transactions",
        [
            *(
                (f"{name}, p50 / p95", f"{times.p50:.1f} / {times.p95:.1f} ms")
                for name, times in zip(events, found, strict=True)
            ),
            ("all, p50 / p95 (at most 15 / 50)", f"{every.p50:.1f} / {every.p95:.1f}"),
        ],
    )
    assert every.p50 <= MAX_P50
    assert every.p95 <= MAX_P95


def _events(tab: ClientConnection) -> dict[str, Event]:
    """What a person does most; each shows something else than the time before."""

    def turns(*paths: str) -> "cycle[str]":
        return cycle(paths)

    def send(handler: object, answer: str, paths: "cycle[str]") -> Event:
        name = format_event_handler(handler)  # type: ignore[arg-type]  # Reflex puts a handler in the method's place
        return lambda: send_event(tab, name, path=next(paths), answer=answer)

    def type_in(handler: object, answer: str, name: str, *texts: str) -> Event:
        event, typed = format_event_handler(handler), cycle(texts)  # type: ignore[arg-type]  # as above
        return lambda: send_event(
            tab, event, payload={name: next(typed)}, answer=answer
        )

    deep = (Position(LAST - timedelta(days), 1).token for days in (90, 180, 270))
    months = ("2026-08", "2026-09", "2026-10")
    page, form = TransactionsState, TransactionForm
    return {
        "the dashboard of a month": send(
            DashboardState.load, "board", turns(*(f"/?period={m}" for m in months))
        ),
        "transactions of a month": send(
            page.load, "days", turns(*(f"/transactions?period={m}" for m in months))
        ),
        "an older page of transactions": send(
            page.load,
            "days",
            turns(*(f"/transactions?period=all&after={place}" for place in deep)),
        ),
        "transactions with a word": send(
            page.load,
            "days",
            turns(*(f"/transactions?period=all&q={w}" for w in ("nord", "ost 7"))),
        ),
        "the entry opens": send(form.open_new, "draft", turns("/transactions")),
        "a payee is remembered": type_in(
            form.type_payee, "draft", "text", "Shop Nord 7", "Shop West 8"
        ),
        "an amount is worked out": type_in(
            form.type_amount, "draft", "text", "12.50+3", "7*4"
        ),
        "the entry closes": send(form.close, "mode", turns("/transactions")),
    }


async def _sign_in(books: Books) -> str:
    """The cookie of a session that is open in the books' database."""
    token = new_token()
    browser = Browser(hash_token(token), "127.0.0.1", "bench")
    assert books.actor.person_id
    assert books.actor.ledger_id
    async with books.home.unit_of_work() as session:
        now = books.home.clock()
        change = await change_sets.open_change_set(
            session, SYSTEM, "bench", now, None, None
        )
        work = Work(session, SYSTEM, now, change)
        await open_session(work, books.actor.person_id, books.actor.ledger_id, browser)
    return token
