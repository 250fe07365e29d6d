"""The page of rates as admins drive it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest

from admin.state import rates
from admin.state.rates import RatesState
from fintrack.core.actor import Role
from fintrack.core.errors import Unavailable
from fintrack.core.rate_runs import Observation, Source
from fintrack.jobs.schedule import build_timetable
from fintrack.services.database import Database
from fintrack.services.jobs import runs, timetable
from fintrack.services.rates import fetching
from fintrack.services.rates.fetching import FETCH, Fetching, fetch_rates
from fintrack.services.rates.filling import fill_rates
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.rates.feeds.formats import FORMATS, midnight
from tests.services.rates.feeds.provider import CALM, Provider, Reply, provider
from tests.services.rates.test_keeping import keep
from tests.state.desk import sit_down

API, _, COINS, _ = FORMATS
HOUR = timedelta(hours=1)
FEED = str(Source.CURRENCY_API)


@pytest.fixture
async def there(clock: Clock) -> AsyncIterator[Provider]:
    async with provider() as found:
        feeds = (API.feed(found.url), COINS.feed(found.url))
        fetching.install(Fetching(feeds, CALM))
        timetable.install(build_timetable("fetched", 60))
        found.say(Reply(API.write([("EUR", "0.9")], midnight(clock()))))
        yield found
        timetable.install(())
        fetching.install(Fetching())


@pytest.fixture
async def page(admin: Books, there: Provider) -> RatesState:
    del there
    return await (await sit_down(admin)).state(RatesState)


def _form(
    page: RatesState, first: str, last: str, source: str = FEED
) -> dict[str, str | None]:
    key = page.form_key
    return {"form_key": key, "source": source, "first": first, "last": last}


async def _jump(clock: Clock) -> None:
    for hours, rate in ((2, "40"), (1, "400")):
        await keep([Observation("TRY", Decimal(rate), clock() - hours * HOUR)])


async def test_page_tells_how_each_source_does(page: RatesState) -> None:
    await page.load()
    assert [row.standing for row in page.sources] == ["Not asked yet"] * 2
    await fetch_rates()
    await page.load()
    assert [(row.name, row.standing) for row in page.sources] == [
        ("currency-api", "Well"),
        ("CoinPaprika", "Failing"),
    ]
    assert page.sources[0].next == "Today, 13:00"
    assert [choice.value for choice in page.choices] == [FEED]


async def test_all_and_one_are_fetched_on_request(page: RatesState) -> None:
    await page.fetch_all()
    assert [name for _, name in await runs.find_waiting()] == [FETCH]
    await page.fetch(FEED)
    assert page.notice.text == "The source is asked as soon as its turn comes."
    await page.fetch("moon")
    assert page.notice.tone == "bad"


@pytest.mark.parametrize(
    ("deed", "kept", "said"),
    [
        ("accept", [40, 400], "One rate is in force now."),
        ("refuse", [40], "One rate stays out."),
    ],
)
async def test_jump_is_decided_after_a_question(
    page: RatesState, admin: Books, clock: Clock, deed: str, kept: list[int], said: str
) -> None:
    await _jump(clock)
    await page.load()
    (jump,) = page.jumps
    page.ask(jump.currency, jump.source, deed)
    assert (page.deed, "400" in page.asked) == (deed, True)
    page.set_asking(False)
    await page.decide()
    assert len(page.jumps) == 1
    page.ask(jump.currency, jump.source, deed)
    await page.decide()
    assert (page.jumps, page.deed, page.notice.text) == ([], "", said)
    rows = await admin.rows("SELECT per_usd FROM rate_run ORDER BY valid_from")
    assert [row.per_usd for row in rows] == kept


async def test_what_came_since_the_question_is_looked_at_first(
    page: RatesState, clock: Clock
) -> None:
    await _jump(clock)
    await page.load()
    page.ask("TRY", FEED, "accept")
    await keep([Observation("TRY", Decimal(40_000), clock())])
    await page.decide()
    assert page.notice.tone == "bad"
    assert page.notice.text.startswith("Other rates wait than you saw.")
    (jump,) = page.jumps
    assert jump.now == "40,000.00"
    assert jump.since == "Today, 11:00 · 2 rates"
    page.ask("TRY", FEED, "accept")
    await page.decide()
    assert (page.jumps, page.notice.text) == ([], "2 rates are in force now.")


async def test_question_about_nothing_is_not_asked(
    page: RatesState, clock: Clock
) -> None:
    await _jump(clock)
    await page.load()
    page.ask("TRY", "ecb", "accept")
    page.ask("TRY", FEED, "forget")
    assert page.deed == ""


async def test_period_is_filled_and_its_progress_told(page: RatesState) -> None:
    await page.load()
    assert (page.first, page.last) == ("2026-10-19", "2026-11-17")
    await page.fill(_form(page, "2026-03-01", "2026-03-02"))
    assert (page.errors, page.fills[0].is_open) == ({}, True)
    await page.look()
    assert (page.is_filling, page.fills[0].progress) == (True, "0 of 2 days")
    await fill_rates()
    await page.look()
    assert not page.is_filling
    assert page.fills[0].progress == "2 of 2 days"
    # What the source gives here is of another day.
    assert page.fills[0].says == "Done · 2 rates came · 2 days had none"


async def test_second_click_on_fill_does_nothing(page: RatesState) -> None:
    await page.load()
    form = _form(page, "2026-03-01", "2026-03-02")
    await page.fill(form)
    told = page.notice
    await page.fill(form)
    assert (page.errors, page.notice, len(page.fills)) == ({}, told, 1)
    # What is asked for again is told apart from that.
    await page.fill(_form(page, "2026-03-01", "2026-03-02"))
    assert [*page.errors] == ["form"]


async def test_progress_stays_while_the_database_is_away(
    page: RatesState, monkeypatch: pytest.MonkeyPatch
) -> None:
    await page.fill(_form(page, "2026-03-01", "2026-03-02"))

    async def away(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(rates, "ask", away)
    await page.look()
    assert (page.status, page.is_filling) == ("ready", True)


async def test_fill_is_stopped(page: RatesState) -> None:
    await page.fill(_form(page, "2026-03-01", "2026-03-02"))
    await page.stop(FEED)
    assert page.fills[0].says == "Stopped · No rates came"
    await page.stop(FEED)
    assert page.notice.tone == "bad"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"source": FEED, "first": "", "last": "2026-03-02"}, "first"),
        ({"source": FEED, "first": "2026-03-01", "last": "soon"}, "last"),
        ({"source": FEED, "first": "2026-03-02", "last": "2026-03-01"}, "last"),
        ({"source": "", "first": "2026-03-01", "last": "2026-03-02"}, "source"),
        (
            {"source": "coinpaprika", "first": "2026-03-01", "last": "2026-03-02"},
            "source",
        ),
    ],
)
async def test_wrong_form_is_told_beside_its_field(
    page: RatesState, form: dict[str, str | None], field: str
) -> None:
    await page.fill({**form, "form_key": page.form_key})
    assert page.errors.keys() == {field}
    assert page.fills == []


async def test_nobody_else_is_shown_a_row(
    home: Database, there: Provider, clock: Clock
) -> None:
    del there
    await _jump(clock)
    somebody = await make_person(home, "eve@example.org", Role.SUPPORT)
    page = await (await sit_down(somebody)).state(RatesState)
    await page.load()
    await page.fetch(FEED)
    assert (page.status, page.sources, page.jumps) == ("failed", [], [])
