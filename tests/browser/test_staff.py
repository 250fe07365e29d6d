"""The staff area in a browser: by keyboard, in two languages, and shut for others."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text

from fintrack.cli.databases import databases, run_with
from fintrack.core.actor import SYSTEM
from fintrack.core.settings import Settings
from fintrack.services import change_sets, database, passwords
from fintrack.services.embedded.places import find_places
from tests.books import make_person
from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import ADA, PHONE, Home
from tests.serving import fetch, serving

EVE = {"email": "eve@example.org", "password": "seven quiet herons near Lund"}
STALE = {"code": "step-up-needed", "detail": "Please confirm.", "errors": []}
PLACES = (
    *("/admin", "/admin/users", "/admin/users/1"),
    *("/admin/jobs", "/admin/mail", "/admin/rates", "/admin/trail"),
)
PORT = 8793


@pytest.fixture(scope="module")
def home(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Ada is the admin; Eve is a user who can sign in."""
    data = tmp_path_factory.mktemp("staff") / "data"
    with serving(data, PORT):
        fetch(PORT)
        running = Home(f"http://localhost:{PORT}", browser)
        running.post("setup", ADA)
        running.post("ledger/start", {"beginning": "import"})
        with (
            databases(Settings(data_dir=data)) as urls,
            ThreadPoolExecutor(1) as aside,
        ):
            # Aside, because the browser's own loop runs in this thread.
            aside.submit(run_with, urls, _add_eve).result()
        yield running
    shutil.rmtree(find_places(data).home)


async def _add_eve() -> None:
    home = database.current()
    person = await make_person(home, EVE["email"])
    password_hash = await passwords.hash_password(EVE["password"])
    async with home.unit_of_work() as session:
        now = home.clock()
        await change_sets.open_change_set(session, SYSTEM, "test", now, None, None)
        await session.execute(
            text(
                "UPDATE person SET password_hash = :hash, first_name = 'Eve' "
                "WHERE id = :id"
            ),
            {"hash": password_hash, "id": person.actor.person_id},
        )


def _sign_in(home: Home, person: dict[str, str]) -> BrowserContext:
    context = home.browser.new_context(base_url=home.base)
    answer = context.request.post(
        "/api/v1/auth/session", data=person, headers={"Origin": home.base}
    )
    assert answer.ok, answer.text()
    return context


def _speak_turkish(home: Home, context: BrowserContext) -> None:
    cookie: Any = {"name": "fintrack_language", "value": "tr", "url": home.base}
    context.add_cookies([cookie])


def _ready(page: Page) -> None:
    expect(page.locator(".rail, .tabbar").first).to_be_attached()
    expect(page.locator("main h1")).to_be_attached()
    expect(page.locator("[aria-busy=true], .bone")).to_have_count(0)


def test_user_and_stranger_meet_a_plain_not_found(home: Home) -> None:
    for context in (_sign_in(home, EVE), home.browser.new_context(base_url=home.base)):
        page = context.new_page()
        page.goto("/nowhere")
        expect(page.get_by_text("There is no such page")).to_be_visible()
        nowhere = page.locator("body").inner_text()
        for place in PLACES:
            page.goto(place)
            expect(page.get_by_text("There is no such page")).to_be_visible()
            assert page.locator("body").inner_text() == nowhere
            assert page.title() == "Not found · FinTrack"
        page.goto("/")
        expect(page.locator("#account-menu a[href='/admin']")).to_have_count(0)
        context.close()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["en", "tr"])
def test_pages_fit_a_phone_and_say_what_they_show(
    home: Home, place: str, language: str
) -> None:
    context = home.context(viewport=PHONE, color_scheme="dark")
    if language == "tr":
        _speak_turkish(home, context)
    page = context.new_page()
    page.goto(place)
    _ready(page)
    assert not is_too_wide(page)
    assert serious(page) == []
    context.close()


def test_person_is_suspended_by_keyboard_and_is_out_at_once(home: Home) -> None:
    """The server is made to want a fresh proof, as it does after five minutes."""
    eve = _sign_in(home, EVE)
    with home.page("/admin/users") as page:
        _ready(page)
        page.keyboard.press("/")
        page.keyboard.type("EVE")
        row = page.locator("tbody tr")
        expect(row).to_have_count(1)
        row.get_by_role("link", name="Eve").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Eve", level=1)).to_be_visible()
        page.route(
            "**/suspend",
            lambda route: route.fulfill(status=403, json=STALE),
            times=1,
        )
        page.get_by_role("button", name="Suspend").focus()
        page.keyboard.press("Enter")
        _answer(page, "Suspend this person?", "Suspend")
        expect(page.get_by_label("Password", exact=True)).to_be_focused()
        page.keyboard.type(ADA["password"])
        page.keyboard.press("Enter")
        expect(page.get_by_text("Suspended since")).to_be_visible()
        assert serious(page) == []
        # The proof gave the browser another cookie.
        home.cookies = page.context.cookies()
    assert eve.request.get("/api/v1/me").status == 401
    eve.close()


def test_second_tab_is_told_that_somebody_was_faster(home: Home) -> None:
    """Both tabs show Eve as suspended; the second one to take it back is told."""
    with home.page("/admin/users") as first:
        _ready(first)
        first.get_by_role("link", name="Eve").click()
        back = first.get_by_role("button", name="Take the suspension back")
        expect(back).to_be_visible()
        second = first.context.new_page()
        second.goto(first.url)
        late = second.get_by_role("button", name="Take the suspension back")
        expect(late).to_be_visible()
        back.dblclick()
        expect(first.get_by_role("button", name="Suspend")).to_be_visible()
        late.click()
        expect(second.get_by_role("alert")).to_be_visible()


@pytest.mark.parametrize("wants_proof", [False, True])
def test_page_that_is_out_of_date_is_read_anew_and_keeps_what_was_chosen(
    home: Home, *, wants_proof: bool
) -> None:
    """Two tabs show Eve as a user; the one that is late says what she is now."""
    with home.page("/admin/users") as first:
        _ready(first)
        first.get_by_role("link", name="Eve").click()
        expect(first.get_by_role("heading", name="Eve", level=1)).to_be_visible()
        role = first.get_by_label("Role", exact=True)
        late = first.context.new_page()
        late.goto(first.url)
        _choose_role(late, "Operator")
        _choose_role(first, "Support")
        _give_role(first)
        expect(first.locator("dd", has_text="Support")).to_be_visible()
        if wants_proof:
            _want_proof(late, "**/role")
        _give_role(late)
        if wants_proof:
            _prove(late)
        told = late.get_by_role("alert").filter(has_text="Now: Support.")
        expect(told).to_be_visible()
        expect(late.locator("dd", has_text="Support")).to_be_visible()
        expect(late.get_by_label("Role", exact=True)).to_have_value("operator")
        _give_role(late)
        expect(late.locator("dd", has_text="Operator")).to_be_visible()
        first.goto(first.url)
        _choose_role(first, "User")
        _give_role(first)
        expect(role).to_have_value("user")
        home.cookies = first.context.cookies()


@pytest.mark.parametrize("wants_proof", [False, True])
def test_post_that_is_out_of_date_keeps_what_was_typed(
    home: Home, *, wants_proof: bool
) -> None:
    with home.page("/admin/users/1") as first:
        late = first.context.new_page()
        late.goto(first.url)
        late.get_by_label("Department").fill(f"Front desk {wants_proof}")
        first.get_by_label("Department").fill("Back office")
        first.get_by_label("Position").fill(f"Head {wants_proof}")
        _keep_post(first)
        post = f"Head {wants_proof}, Back office"
        expect(first.locator("dd", has_text=post)).to_be_visible()
        if wants_proof:
            _want_proof(late, "**/post")
        _keep_post(late)
        if wants_proof:
            _prove(late)
        told = late.get_by_role("alert").filter(has_text=f"Now: Admin; {post}.")
        expect(told).to_be_visible()
        typed = f"Front desk {wants_proof}"
        expect(late.get_by_label("Department")).to_have_value(typed)
        expect(late.get_by_label("Position")).to_have_value(f"Head {wants_proof}")
        _keep_post(late)
        post = f"Head {wants_proof}, {typed}"
        expect(late.locator("dd", has_text=post)).to_be_visible()
        home.cookies = late.context.cookies()


def _choose_role(page: Page, name: str) -> None:
    page.get_by_label("Role", exact=True).select_option(label=name)
    expect(page.get_by_role("button", name="Give this role")).to_be_visible()


def _give_role(page: Page) -> None:
    page.get_by_role("button", name="Give this role").click()


def _keep_post(page: Page) -> None:
    page.get_by_role("button", name="Keep these").click()


def _want_proof(page: Page, url: str) -> None:
    page.route(url, lambda route: route.fulfill(status=403, json=STALE), times=1)


def _prove(page: Page) -> None:
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.type(ADA["password"])
    page.keyboard.press("Enter")


def _answer(page: Page, title: str, name: str) -> None:
    asking = page.get_by_role("alertdialog", name=title)
    expect(asking).to_be_visible()
    asking.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_job_is_run_by_keyboard(home: Home) -> None:
    with home.page("/admin/jobs") as page:
        _ready(page)
        page.get_by_role("button", name="Run now").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".toast").first).to_be_visible()


def test_trail_is_searched_and_verified_by_keyboard(home: Home) -> None:
    with home.page("/admin/trail") as page:
        _ready(page)
        page.get_by_label("Person").focus()
        page.keyboard.type(ADA["email"])
        page.keyboard.press("Enter")
        expect(page.get_by_role("cell", name=ADA["email"]).first).to_be_visible()
        page.get_by_role("button", name="Verify the trail").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("The trail is sound")).to_be_visible()
        assert serious(page) == []
