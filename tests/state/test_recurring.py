"""The page of what comes again."""

from datetime import date

import pytest

from fintrack.core.recurrence import Pattern, Rule
from fintrack.services.commands import perform
from fintrack.services.recurring.item_rows import NewItem
from fintrack.services.recurring.items import ItemChange, edit_item
from fintrack.services.recurring.settling import settle_all
from fintrack.state.recurring import RecurringState
from tests.books import Books, money
from tests.conftest import Clock
from tests.state.desk import sit_down

TODAY = "2026-11-18"


@pytest.fixture
async def page(books: Books) -> RecurringState:
    await books.open("Bank", "1000 EUR")
    await books.category("Rent")
    state = await (await sit_down(books)).state(RecurringState)
    await state.load()
    return state


async def fill(page: RecurringState, **more: str) -> dict[str, str | bool | None]:
    """The form of a rent of 500 on the 20th, with what is given otherwise."""
    await page.start_new()
    given = {
        "name": "Landlord",
        "amount": "500",
        "account_id": page.accounts[0].value,
        "other_id": page.categories[0].choices[0].value,
        "every": "1",
        "day": "20",
        "starts_on": TODAY,
        "ends_on": "",
        "shift": "none",
    }
    return {**given, **more}


async def add(page: RecurringState, **more: str) -> None:
    await page.save(await fill(page, **more))
    assert page.errors == {}


async def test_bill_is_added_and_stands_in_list_month_and_forecast(
    page: RecurringState,
) -> None:
    assert (page.phase, page.is_empty) == ("ready", True)
    await add(page)
    (row,) = page.items
    assert (row.name, row.rule) == ("Landlord", "Every month on day 20")
    assert row.next == "Fri, Nov 20"
    full = [cell for cell in page.cells if cell.dates]
    assert [(cell.number, cell.is_outside) for cell in full] == [("20", False)]
    assert page.month == "November 2026"
    assert len(page.chart.x) == 91
    assert page.warnings == [
        "Bank falls below zero on Jan 20, 2027: down to \u2068−€500.00\u2069."
    ]
    await page.undo(page.notice.change)
    assert page.is_empty


async def test_every_finding_stands_beside_its_field(page: RecurringState) -> None:
    given = await fill(
        page,
        amount="-5",
        account_id="",
        other_id="x",
        every="often",
        starts_on="soon",
        ends_on="never",
    )
    await page.save(given)
    assert sorted(page.errors) == [
        "account_id",
        "amount",
        "ends_on",
        "every",
        "other_id",
        "starts_on",
    ]
    assert page.draft.amount == "-5"
    assert page.is_form_open


async def test_rule_that_the_books_refuse_is_told_beside_its_field(
    page: RecurringState,
) -> None:
    await page.save(await fill(page, day="32", every="0"))
    assert sorted(page.errors) == ["day", "every"]


async def test_income_is_positive_and_a_transfer_needs_another_account(
    page: RecurringState, books: Books
) -> None:
    savings = await books.open("Savings")
    given = await fill(page, other_id=str(savings.id))
    page.choose_kind("move")
    await page.save(given)
    assert page.items[0].glyph == "arrow-left-right"
    given = await fill(page, name="Work")
    page.choose_kind("in")
    await page.save(given)
    assert page.items[1].amount.sign == "+"


async def test_item_is_edited_with_all_it_says(page: RecurringState) -> None:
    await add(page, is_automatic="on")
    await page.start_edit(page.items[0].id)
    draft = page.draft
    assert (draft.amount, draft.day, draft.is_automatic) == ("500.00", "20", True)
    page.choose_pattern("weeks")
    await page.save(await _texts(page, every="2", starts_on="2026-11-24"))
    assert page.items[0].rule == "Every 2 weeks on Tuesday"
    assert page.items[0].note == "Waits for your yes"


async def _texts(page: RecurringState, **more: str) -> dict[str, str | bool | None]:
    draft = page.draft
    given = {
        "name": draft.name,
        "amount": draft.amount,
        "account_id": draft.account,
        "other_id": draft.other,
        "starts_on": draft.starts_on,
    }
    return {**given, **more}


@pytest.fixture
async def clash(page: RecurringState, books: Books) -> RecurringState:
    """A form of which somebody else was faster: a flat for 1 EUR each Friday."""
    await add(page)
    item_id = page.items[0].id
    await page.start_edit(item_id)
    rule = Rule(Pattern.WEEKS, date(2026, 11, 20))
    bank, rent = int(page.draft.account), int(page.draft.other)
    new = NewItem("Flat", bank, rent, money("-1 EUR"), rule)
    await perform(books.actor, edit_item, ItemChange(int(item_id), 1, new))
    await page.save(await _texts(page))
    return page


async def test_slower_tab_sees_both_versions_side_by_side(
    clash: RecurringState,
) -> None:
    told = {one.label: (one.mine, one.theirs) for one in clash.differences}
    assert told["Name"] == ("Landlord", "Flat")
    assert told["Amount"] == ("500.00", "1.00")
    assert told["Repeats"] == ("Months, on a day", "Weeks")
    assert told["From day"] == ("Today", "Fri, Nov 20")
    assert "Category or account" not in told
    assert clash.is_form_open


async def test_slower_tab_takes_theirs(clash: RecurringState) -> None:
    await clash.take_theirs()
    assert (clash.draft.name, clash.differences) == ("Flat", [])


async def test_slower_tab_keeps_its_own(clash: RecurringState) -> None:
    await clash.keep_mine()
    await clash.save(await _texts(clash))
    assert (clash.is_form_open, clash.items[0].name) == (False, "Landlord")


async def test_both_tabs_wrote_the_same_and_nothing_is_asked(
    page: RecurringState, books: Books
) -> None:
    await add(page)
    item_id = page.items[0].id
    await page.start_edit(item_id)
    same = await _texts(page)
    bank, rent = int(page.draft.account), int(page.draft.other)
    rule = Rule(Pattern.MONTH_DAY, date(2026, 11, 18), day=20, weekday=2)
    new = NewItem("Landlord", bank, rent, money("-500 EUR"), rule)
    await perform(books.actor, edit_item, ItemChange(int(item_id), 1, new))
    await page.save(same)
    assert (page.is_form_open, page.differences) == (False, [])


async def test_transfer_to_another_currency_takes_both_amounts(
    page: RecurringState, books: Books
) -> None:
    dollars = await books.open("Dollars", "0 USD")
    await page.start_new()
    page.choose_kind("move")
    given = await fill(page, other_id=str(dollars.id), received="")
    page.choose_kind("move")
    await page.save(given)
    assert "Dollars is kept in USD" in page.errors["received"]
    await page.save({**given, "received": "540"})
    assert page.errors == {}
    (row,) = page.items
    assert (row.amount.major, row.arrives) == ("500", "→ \u2068$540.00\u2069")
    await page.start_edit(row.id)
    assert (page.draft.amount, page.draft.received) == ("500.00", "540.00")


async def test_waiting_date_is_booked_and_another_skipped(
    page: RecurringState, clock: Clock
) -> None:
    await add(page)
    clock.advance(days=40)
    await settle_all()
    await page.load()
    first, second = page.waiting
    await page.book(first.item_id, first.rule_on)
    assert page.notice.text == "Landlord was booked."
    await page.skip(second.item_id, second.rule_on)
    assert page.waiting == []
    await page.book(first.item_id, first.rule_on)
    assert page.notice.tone == "bad"
    await page.book("x", "y")
    assert page.notice.tone == "bad"


async def test_ended_item_goes_below(page: RecurringState) -> None:
    await add(page)
    await page.start_edit(page.items[0].id)
    await page.end()
    assert page.items == []
    assert [row.name for row in page.ended] == ["Landlord"]
    await page.undo(page.notice.change)
    assert [row.name for row in page.items] == ["Landlord"]


async def test_suggestion_is_accepted_or_dismissed(
    page: RecurringState, books: Books
) -> None:
    await page.start_new()
    bank = int(page.accounts[0].value)
    rent = int(page.categories[0].choices[0].value)
    for payee in ("Film club", "Gym"):
        for month in (9, 10, 11):
            day = date(2026, month, 3)
            await books.spend(bank, rent, "9 EUR", day, payee)
    await page.load_suggestions()
    film, gym = page.suggestions
    assert (film.name, film.rule) == ("Film club", "Every month on day 3")
    await page.accept(film.mark)
    assert [row.name for row in page.items] == ["Film club"]
    await page.dismiss(gym.mark)
    assert page.suggestions == []
    await page.undo(page.notice.change)
    assert [row.name for row in page.suggestions] == ["Gym"]
    await page.accept("nothing")
    assert page.notice.tone == "bad"


async def test_months_are_turned_within_two_years(page: RecurringState) -> None:
    await add(page)
    await page.later()
    assert page.month == "December 2026"
    await page.earlier()
    await page.earlier()
    assert page.month == "October 2026"
    assert not page.has_dates
    for _ in range(30):
        await page.earlier()
    assert page.month == "November 2024"


async def test_forecast_of_another_account_is_chosen(
    page: RecurringState, books: Books
) -> None:
    await add(page)
    savings = await books.open("Savings")
    given = await fill(page, other_id=str(savings.id))
    page.choose_kind("move")
    await page.save(given)
    await page.choose_account(str(savings.id))
    assert page.account == str(savings.id)
    assert page.lowest == "Lowest: \u2068€0.00\u2069 on Wed, Nov 18."
    await page.choose_account("987654")
    assert page.account == str(savings.id)


async def test_forecast_of_all_accounts_names_what_is_not_counted(
    page: RecurringState, books: Books
) -> None:
    await add(page)
    await books.open("Dollars", "7.00 USD")
    await page.load()
    assert page.forecasts[-1].label == "All accounts, in EUR"
    assert page.missing == ""
    await page.choose_account("together")
    assert page.account == "together"
    assert len(page.chart.x) == 91
    assert "1 currency is not counted" in page.missing
    assert "7.00" in page.missing
    assert page.lowest.endswith("Each day at the rates of today.")
