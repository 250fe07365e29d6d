"""The second factor on a phone, by keyboard: set up, signed in with, switched off."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pyotp.totp import TOTP

from tests.browser.barriers import findings
from tests.browser.signed_in import ADA, PHONE, Home, running_home

SECONDS = 20_000
FACTOR = "**/api/v1/me/second-factor"
STALE = {"code": "step-up-needed", "detail": "Please confirm.", "errors": []}
WORDS = {
    "en": {
        "set up": "Set up",
        "secret": "Set up the second factor",
        "codes": "Your recovery codes",
        "kept": "I have kept them",
        "on": "10 recovery codes are left",
        "menu": "Account menu",
        "sign out": "Sign out",
        "e-mail": "E-mail",
        "password": "Password",
        "code": "Code",
        "recovery": "Use a recovery code",
        "recovery code": "Recovery code",
        "not right": "This code is not right",
        "dashboard": "Dashboard",
        "switch off": "Switch off",
        "confirm": "Please confirm that it is you",
        "off": "Off",
        "is on": "Switched on",
    },
    "tr": {
        "set up": "Kur",
        "secret": "İkinci adımı kurun",
        "codes": "Kurtarma kodlarınız",
        "kept": "Sakladım",
        "on": "10 kurtarma kodu kaldı",
        "menu": "Hesap menüsü",
        "sign out": "Oturumu kapat",
        "e-mail": "E-posta",
        "password": "Parola",
        "code": "Kod",
        "recovery": "Kurtarma kodu kullan",
        "recovery code": "Kurtarma kodu",
        "not right": "Bu kod doğru değil",
        "dashboard": "Genel bakış",
        "switch off": "Kapat",
        "confirm": "Lütfen siz olduğunuzu doğrulayın",
        "off": "Kapalı",
        "is on": "Açık",
    },
}


@pytest.fixture
def home(browser: Browser) -> Iterator[Home]:
    with running_home(browser) as home:
        yield home


@pytest.fixture(params=sorted(WORDS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("is_stale", [False, True])
@pytest.mark.parametrize("way", ["Escape", "Cancel"])
def test_set_up_that_is_left_gives_the_keyboard_its_place_back(
    home: Home, way: str, *, is_stale: bool
) -> None:
    """Where the server wants a fresh proof first, the page is loaded anew."""
    with home.page("/settings/security") as page:
        page.set_default_timeout(SECONDS)
        if is_stale:
            stale = {"status": 403, "json": STALE}
            page.route(FACTOR, lambda route: route.fulfill(**stale), times=1)
        begin = page.get_by_role("button", name="Set up", exact=True)
        _press(begin)
        if is_stale:
            expect(page.get_by_label("Password", exact=True)).to_be_focused()
            page.keyboard.type(ADA["password"])
            page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Set up the second factor")
        expect(dialog.get_by_label("Code", exact=True)).to_be_focused()
        page.evaluate("window.isTheSame = true")
        if way == "Escape":
            page.keyboard.press("Escape")
        else:
            _press(dialog.get_by_role("button", name="Cancel"))
        page.wait_for_function(f"Boolean(window.isTheSame) !== {str(is_stale).lower()}")
        expect(dialog).to_have_count(0)
        expect(begin).to_be_focused()
        home.cookies = page.context.cookies()


def test_second_factor_from_enrolment_to_its_end(home: Home, language: str) -> None:
    words = WORDS[language]
    home.cookies.append(
        {"name": "fintrack_language", "value": language, "url": home.base}
    )
    _speak(home, language)
    with home.page(
        "/settings/security",
        viewport=PHONE,
        permissions=["clipboard-read", "clipboard-write"],
    ) as page:
        page.set_default_timeout(SECONDS)
        secret, codes = _enrol(page, words)
        _sign_out(page, words)
        _sign_in_with_a_pasted_code(page, words, secret)
        _sign_out(page, words)
        _sign_in_with_a_recovery_code(page, words, codes[0])
        _switch_off(page, words, codes[1])


def _speak(home: Home, language: str) -> None:
    """What the server says is in the person's language, not in the browser's."""
    context = home.context()
    settings = context.request.get("/api/v1/me/settings").json()
    answer = context.request.put(
        "/api/v1/me/settings",
        data={**settings, "language": language},
        headers={"Origin": home.base},
    )
    assert answer.ok, answer.text()
    context.close()


def _enrol(page: Page, words: dict[str, str]) -> tuple[str, list[str]]:
    _press(page.get_by_role("button", name=words["set up"], exact=True))
    dialog = page.get_by_role("dialog", name=words["secret"])
    expect(dialog.get_by_label(words["code"], exact=True)).to_be_focused()
    expect(dialog.locator("img.qr")).to_be_visible()
    secret = (dialog.locator("code").text_content() or "").replace(" ", "")
    _has_no_barrier(page)
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text(words["not right"])).to_be_visible()
    field = dialog.get_by_label(words["code"], exact=True)
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(TOTP(secret).now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=words["codes"])).to_be_focused()
    codes = page.locator(".recovery-codes li").all_text_contents()
    assert len(set(codes)) == 10
    _has_no_barrier(page)
    _fits(page)
    _press(page.get_by_role("button", name=words["kept"]))
    expect(page.get_by_text(words["on"])).to_be_visible()
    expect(page.locator(".badge", has_text=words["is on"])).to_be_visible()
    _has_no_barrier(page)
    _fits(page)
    return secret, codes


def _sign_out(page: Page, words: dict[str, str]) -> None:
    _press(page.get_by_role("button", name=words["menu"]))
    _press(page.get_by_role("button", name=words["sign out"]))
    expect(page).to_have_url(re.compile("/signin"))


def _give_password(page: Page, words: dict[str, str]) -> None:
    expect(page.locator("form [type=submit]")).to_be_enabled()
    page.get_by_label(words["e-mail"]).focus()
    page.keyboard.type(ADA["email"])
    page.keyboard.press("Tab")
    page.keyboard.type(ADA["password"])
    page.keyboard.press("Enter")


def _sign_in_with_a_pasted_code(page: Page, words: dict[str, str], secret: str) -> None:
    _give_password(page, words)
    field = page.get_by_label(words["code"], exact=True)
    expect(field).to_be_focused()
    assert field.get_attribute("autocomplete") == "one-time-code"
    _has_no_barrier(page)
    # The code of this half minute confirmed the enrolment; the next one counts too.
    totp = TOTP(secret)
    code = totp.generate_otp(totp.timecode(_now(page)) + 1)
    page.evaluate(
        "text => navigator.clipboard.writeText(text)", f"{code[:3]} {code[3:]}"
    )
    page.keyboard.press("Control+V")
    page.keyboard.press("Enter")
    _is_in(page, words)


def _sign_in_with_a_recovery_code(page: Page, words: dict[str, str], code: str) -> None:
    _give_password(page, words)
    expect(page.get_by_label(words["code"], exact=True)).to_be_focused()
    _press(page.get_by_role("button", name=words["recovery"]))
    field = page.get_by_label(words["recovery code"], exact=True)
    expect(field).to_be_focused()
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    _is_in(page, words)


def _switch_off(page: Page, words: dict[str, str], code: str) -> None:
    """The server is made to want a fresh proof, as it does after five minutes."""
    page.goto("/settings/security")
    page.route(FACTOR, lambda route: route.fulfill(status=403, json=STALE), times=1)
    _press(page.get_by_role("button", name=words["switch off"], exact=True))
    question = page.get_by_role("alertdialog")
    _has_no_barrier(page)
    _press(question.get_by_role("button", name=words["switch off"], exact=True))
    proof = page.get_by_role("dialog", name=words["confirm"])
    expect(proof.get_by_label(words["password"], exact=True)).to_be_focused()
    _has_no_barrier(page)
    page.keyboard.type(ADA["password"])
    proof.get_by_label(words["code"], exact=True).focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    badge = page.get_by_text(words["off"], exact=True)
    expect(badge).to_be_visible()


def _is_in(page: Page, words: dict[str, str]) -> None:
    heading = page.get_by_role("heading", name=words["dashboard"], exact=True)
    expect(heading).to_be_visible()


def _press(button: Locator) -> None:
    button.focus()
    button.press("Enter")


def _now(page: Page) -> int:
    return int(page.evaluate("Math.floor(Date.now() / 1000)"))


def _has_no_barrier(page: Page) -> None:
    assert findings(page) == []


def _fits(page: Page) -> None:
    """Nothing reaches over the edge of a phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
