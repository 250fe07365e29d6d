"""Settings that two tabs write: both versions stand near the button, with a choice."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.barriers import is_too_wide, serious
from tests.browser.signed_in import PHONE, Home

URL = "/api/v1/me/settings"


def _save_elsewhere(home: Home, **changes: Any) -> None:
    """What another tab does meanwhile."""
    context = home.context()
    settings = {**context.request.get(URL).json(), **changes}
    done = context.request.put(URL, data=settings, headers={"Origin": home.base})
    assert done.ok, done.text()
    context.close()


def _clash(home: Home, page: Page, mine: str, theirs: str) -> Locator:
    """Both, with the choice in sight of whoever pressed Save."""
    field = page.get_by_label("First name")
    expect(field).not_to_have_value("")
    _save_elsewhere(home, first_name=theirs)
    field.fill(mine)
    page.get_by_role("button", name="Save").press("Enter")
    both = page.locator(".conflict")
    expect(both).to_contain_text(mine)
    expect(both).to_contain_text(theirs)
    for name in ("Take theirs", "Keep mine"):
        expect(both.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    return both


def test_versions_stand_near_the_button_and_theirs_is_taken(home: Home) -> None:
    with home.page("/settings", viewport=PHONE) as page:
        both = _clash(home, page, "Augusta", "Grace")
        assert serious(page) == []
        assert not is_too_wide(page)
        both.get_by_role("button", name="Take theirs").press("Enter")
        expect(both).to_have_count(0)
        expect(page.get_by_label("First name")).to_have_value("Grace")
        expect(page.get_by_role("button", name="Save")).to_be_focused()


def test_ones_own_is_kept(home: Home) -> None:
    with home.page("/settings", viewport=PHONE) as page:
        both = _clash(home, page, "Augusta", "Mary")
        page.get_by_label("First name").fill("Augusta Mary")
        both.get_by_role("button", name="Keep mine").press("Enter")
        expect(page.get_by_text("Your settings are saved.")).to_be_visible()
        expect(both).to_have_count(0)
        expect(page.get_by_role("button", name="Save")).to_be_focused()
        page.reload()
        expect(page.get_by_label("First name")).to_have_value("Augusta Mary")


def test_other_fields_of_the_form_come_with_theirs(home: Home) -> None:
    with home.page("/settings", viewport=PHONE) as page:
        expect(page.get_by_label("First name")).not_to_have_value("")
        _save_elsewhere(home, base_currency="TRY", week_starts_on=6)
        page.get_by_label("First name").fill("Augusta")
        page.get_by_role("button", name="Save").press("Enter")
        page.get_by_role("button", name="Take theirs").press("Enter")
        expect(page.get_by_role("combobox", name="Base currency")).to_have_value(
            "TRY Turkish Lira"
        )
        expect(page.get_by_label("Weeks start on")).to_have_value("6")
