"""No page and no sheet spills, whatever stands in it: long names, large amounts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from fintrack.core.clock import utc_now
from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import (
    DESKTOP,
    PHONE,
    Home,
    Served,
    without_complaint,
)

STATEMENT = Path(__file__).parents[1] / "data" / "banks" / "n26.csv"
TABLET = {"width": 768, "height": 1024}
LARGE = {"width": 1920, "height": 1080}
LONG = "Gemeinschaftskonto Haushaltskasse Grundstücksverwaltung Müll"
ONE_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsges"
# Below 320 px nothing is promised; this is a desktop at 400 %.
NARROWEST = {"width": 320, "height": 640}
# What stands outside its own box, without a reason to: an amount over its neighbour.
SPILLS = """() => {
  // The heads of a table on a phone: each cell says its column there.
  const isForEars = (head) => head && getComputedStyle(head).clipPath !== "none";
  return [...document.querySelectorAll("main *, .dialog *, .asking *")]
  .filter((one) => {
    const style = getComputedStyle(one);
    const hasText = [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    return hasText && style.display !== "inline" && style.overflowX === "visible"
      && one.clientWidth && one.scrollWidth > one.clientWidth + 1
      && !one.closest(".sr, .chart") && !isForEars(one.closest("thead"));
  })
  .map((one) => `${one.className}: ${one.textContent}`);
}"""
# Fingers need 44 px; a radio button is as large as its label.
SMALL = """() => [...document.querySelectorAll("main :is(a, button, select)")]
  .filter((one) => {
    const box = (one.closest(".input") ?? one).getBoundingClientRect();
    const inside = one.matches(".seg *") ? 6 : 0;
    return box.height && box.height + inside < 43.5 && !one.closest("p, .sr");
  })
  .map((one) => one.outerHTML.slice(0, 120))"""

# How many lines a name of a field takes beside the two versions.
LINES = """() => Math.max(...[...document.querySelectorAll(".conflict th")]
  .map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return range.getClientRects().length;
  }))"""

Opening = Callable[[Page], None]


@pytest.fixture(scope="module")
def home(home: Home) -> Home:
    _fill(home)
    _speak_turkish(home)
    return home


@pytest.fixture(scope="module")
def window(home: Home) -> Iterator[BrowserContext]:
    """One browser for all pages: it keeps what they are made of."""
    context = home.context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    page = window.new_page()
    with without_complaint(page):
        yield page
        page.close()


@pytest.fixture(scope="module")
def empty(served: Served, browser: Browser) -> Home:
    return served.move_in(browser)


def _fill(home: Home) -> None:
    category = home.post("categories", {"name": ONE_WORD, "kind": "expense"})["item"]
    for name, currency, amount in (
        (LONG, "EUR", "12345678.90"),
        (ONE_WORD, "KWD", "12345678.901"),
        ("W" * 60, "JPY", "12345678"),
    ):
        opening = {"amount": amount, "currency": currency}
        account_id = home.open_account(name, opening=opening, note=LONG)
        line = {"category_id": category["id"], "amount": opening}
        paid = {"account_id": account_id, "amount": opening, "lines": [line]}
        for days in (0, 1):
            day = (utc_now().date() - timedelta(days=days)).isoformat()
            entry = {"on_date": day, "payee": ONE_WORD, "expense": paid}
            entry["tags"] = [ONE_WORD, LONG]
            home.post("transactions", entry)
        _repeat(home, account_id, category["id"], opening)
    shares = [{"category_id": category["id"]}]
    kept = {"kind": "expense", "account_id": account_id, "shares": shares}
    for name in (LONG, ONE_WORD):
        home.post("templates", {"name": name, "amount": opening, **kept})


def _repeat(home: Home, account_id: int, category_id: int, amount: Any) -> None:
    """Something that comes each day, today as well, and waits for a yes."""
    item = {"account_id": account_id, "other_id": category_id, "amount": amount}
    starts_on = utc_now().date().isoformat()
    rule = {"pattern": "days", "starts_on": starts_on}
    home.post("recurring", {"name": ONE_WORD, **item, **rule})


def _speak_turkish(home: Home) -> None:
    context = home.context()
    url = "/api/v1/me/settings"
    settings = {**context.request.get(url).json(), "language": "tr"}
    done = context.request.put(url, data=settings, headers={"Origin": home.base})
    assert done.ok, done.text()
    cookie = {"name": "fintrack_language", "value": "tr", "url": home.base}
    context.add_cookies([cookie])  # pyright: ignore[reportArgumentType] - a TypedDict
    home.cookies = context.cookies()
    context.close()


def _loaded(page: Page) -> None:
    expect(page.locator("main h1")).to_be_attached()
    expect(page.locator("[aria-busy=true], .bone")).to_have_count(0)


def _faults(page: Page) -> list[str]:
    wide = ["The page scrolls sideways."] if is_too_wide(page) else []
    return [*wide, *page.evaluate(SPILLS)]


def _press(*selectors: str) -> Opening:
    def press(page: Page) -> None:
        for selector in selectors:
            page.locator(selector).first.click()

    return press


def _correct(page: Page) -> None:
    page.get_by_test_id("statement-file").set_input_files(STATEMENT)
    page.locator(".read .btn").last.click()


def _select(page: Page) -> None:
    page.locator(".tx").first.focus()
    page.keyboard.press("x")
    page.locator(".deeds .btn").nth(1).click()


def _collide(page: Page) -> None:
    """Another tab saves the account that this one has open."""
    other = page.context.new_page()
    other.goto(page.url)
    _loaded(other)
    for tab in (page, other):
        tab.locator(".tools .icon-btn").first.click()
    for tab, times in ((other, 2), (page, 3)):
        tab.locator(".dialog [name=note]").fill(LONG * times)
        tab.keyboard.press("Enter")
        tab.locator(".toast, .conflict").first.wait_for()
    other.close()
    expect(page.locator(".conflict")).to_be_visible()
    assert page.evaluate(LINES) == 1


PLACES = (
    *("/", "/transactions", "/accounts", "/accounts/1", "/categories"),
    *("/import", "/history", "/settings", "/nowhere"),
    *("/settings/security", "/settings/trail"),
    *("/admin", "/admin/users", "/admin/users/1"),
    *("/admin/jobs", "/admin/mail", "/admin/rates", "/admin/trail"),
    *("/settings/notices", "/settings/consents"),
    *("/rules", "/review"),
    *("/recurring", "/accounts/1/reconcile", "/tags", "/currencies", "/currencies/BAM"),
)
DOORS = ("/signin", "/register", "/forgot", "/terms")
SHEETS: dict[str, tuple[str, Opening]] = {
    "entry": ("/transactions?new=1", _press(".entry-foot .link")),
    "templates": ("/transactions?new=1", _press(".entry-top .btn")),
    "template": ("/transactions?new=1", _press(".entry-foot .link:last-child")),
    "export": ("/transactions", _press("main .btn:has(.lucide-download)")),
    "transfer": ("/transactions?new=1", _press(".entry-top label:last-child")),
    "edit": ("/transactions", _press(".tx")),
    "void": ("/transactions", _press(".tx", ".dialog .entry-foot .link:last-child")),
    "filters": ("/transactions", _press(".filters > .btn")),
    "many": ("/transactions", _select),
    "tag": ("/tags", _press(".row-with-tool .icon-btn")),
    "open": ("/accounts?new=1", lambda _: None),
    "close": ("/accounts/1", _press(".tools .icon-btn", ".dialog .danger-soft")),
    "versions": ("/accounts/1", _collide),
    "recurring": ("/recurring", _press(".tools .btn")),
    "factor": ("/settings/security", _press(".card-acts .btn")),
    "merge": ("/categories", _press(".row-with-tool .icon-btn", ".dialog .block")),
    "rule": ("/rules", _press(".empty .btn")),
    "correct": ("/import", _correct),
    "menu": ("/", _press(".avatar-btn")),
}
OPEN = "[role=dialog]:visible, [role=alertdialog]:visible, .entry:visible"


@pytest.mark.parametrize("path", PLACES)
def test_page_fits_every_width_in_both_themes(
    home: Home, page: Page, path: str
) -> None:
    page.goto(_address(home, path))
    _fits(page)


@pytest.mark.parametrize("path", DOORS)
def test_door_fits_every_width_in_both_themes(home: Home, path: str) -> None:
    language = [one for one in home.cookies if one["name"] == "fintrack_language"]
    with replace(home, cookies=language).page(path, reduced_motion="reduce") as page:
        _fits(page)


def _fits(page: Page) -> None:
    _loaded(page)
    for size in (NARROWEST, PHONE, TABLET, LARGE, DESKTOP):
        page.set_viewport_size(size)  # pyright: ignore[reportArgumentType] - a TypedDict
        assert (size, _faults(page)) == (size, [])
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert (scheme, serious(page)) == (scheme, [])
    page.set_viewport_size(PHONE)  # pyright: ignore[reportArgumentType] - as above
    assert page.evaluate(SMALL) == []
    assert serious(page) == []


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"]
)
@pytest.mark.parametrize("sheet", SHEETS)
def test_sheet_fits_and_has_no_serious_finding(
    home: Home, page: Page, sheet: str, size: Any, scheme: Any
) -> None:
    path, opening = SHEETS[sheet]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.goto(_address(home, path))
    _loaded(page)
    opening(page)
    expect(page.locator(OPEN).first).to_be_visible()
    assert _faults(page) == []
    assert serious(page) == []


def test_key_for_a_new_transaction_opens_an_account_first(empty: Home) -> None:
    with empty.page("/transactions") as page:
        expect(page.get_by_text("First an account")).to_be_visible()
        page.keyboard.press("n")
        expect(page.get_by_role("dialog", name="New account")).to_be_visible()


def test_address_that_leads_nowhere_leads_home(empty: Home) -> None:
    with empty.page("/nowhere") as page:
        expect(page.get_by_text("There is no such page")).to_be_visible()
        page.get_by_role("link", name="Go to the dashboard").click()
        expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
        # The first event of the tab is the one that was made at the unknown address.
        expect(page.get_by_text("Nothing here yet")).to_be_visible()


def _address(home: Home, path: str) -> str:
    """``/accounts/1`` stands for the account with the longest name."""
    if not path.startswith("/accounts/1"):
        return path
    context = home.context()
    items = context.request.get("/api/v1/accounts").json()["items"]
    context.close()
    longest = next(one["id"] for one in items if one["name"] == LONG)
    return path.replace("/accounts/1", f"/accounts/{longest}")
