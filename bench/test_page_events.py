"""Events of pages over the real socket of the real server, on seeded books."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from reflex.utils.format import format_event_handler
from websockets.asyncio.client import ClientConnection

from bench.bare import bare_events
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
    async with opened(server, name) as home:
        cookie = f"fintrack={await _sign_in(replace(many.people[4], home=home))}"
    log = server.clone("template_log")
    async with (
        running(server.url(name), server.url(log), tmp_path) as site,
        site.open(site.url, cookie) as tab,
    ):
        await join(tab)
        await hydrate(tab)
        events = _events(tab)
        async with bare_events(tmp_path / "bare") as bare:
            *found, yardstick = await measure_in_turns(*events.values(), bare)
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
            ("a number of bare Reflex, p50", f"{yardstick.p50:.2f} ms"),
        ],
    )
    assert every.p50 <= MAX_P50
    assert every.p95 <= MAX_P95


def _events(tab: ClientConnection) -> dict[str, Event]:
    """What a person does most; each shows something else than the time before."""
    page, form = TransactionsState, TransactionForm
    deep = (Position(LAST - timedelta(days), 1).token for days in (90, 180, 270))
    months = ("2026-08", "2026-09", "2026-10")
    boards = [f"/?period={month}" for month in months]
    lists = [f"/transactions?period={month}" for month in months]
    older = [f"/transactions?period=all&after={place}" for place in deep]
    words = [f"/transactions?period=all&q={word}" for word in ("nord", "ost 7")]
    entry = ["/transactions"]
    return {
        "the dashboard of a month": _load(tab, DashboardState.load, "board", boards),
        "transactions of a month": _load(tab, page.load, "days", lists),
        "an older page of transactions": _load(tab, page.load, "days", older),
        "transactions with a word": _load(tab, page.load, "days", words),
        "the entry opens": _load(tab, form.open_new, "draft", entry),
        "a payee is remembered": _type(
            tab, form.type_payee, ["Shop Nord 7", "Shop West 8"]
        ),
        "an amount is worked out": _type(tab, form.type_amount, ["12.50+3", "7*4"]),
        "the entry closes": _load(tab, form.close, "mode", entry),
    }


def _load(
    tab: ClientConnection, handler: object, answer: str, paths: list[str]
) -> Event:
    """The handler at each of the paths in turn."""
    name, turns = format_event_handler(handler), cycle(paths)  # type: ignore[arg-type]  # Reflex puts a handler in the method's place
    return lambda: send_event(tab, name, path=next(turns), answer=answer)


def _type(tab: ClientConnection, handler: object, texts: list[str]) -> Event:
    """Each of the texts in turn into the field of the entry."""
    name, turns = format_event_handler(handler), cycle(texts)  # type: ignore[arg-type]  # as above
    return lambda: send_event(tab, name, payload={"text": next(turns)}, answer="draft")


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
