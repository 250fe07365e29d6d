"""Requests over the limit are told when to come again, whoever sends them."""

from dataclasses import replace

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.pace import kind_of
from fintrack.api.parts import Parts
from fintrack.core.rate_limits import LIMITS, Kind
from fintrack.core.trusted_proxies import TrustedProxies
from fintrack.services import rate_limiter
from fintrack.services.rate_limiter import Counters, RateLimiter
from tests.api.asking import gives, refuses
from tests.api.conftest import make_browser
from tests.api.test_signing_in import ADA, SESSION, SIGN_IN
from tests.conftest import Clock
from tests.services.people import GOOD

ME = "/api/v1/me"


class BrokenCounters(Counters):
    """A store that is away."""

    STORAGE_SCHEME = None

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise ConnectionError(key, expiry, amount)

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return (ConnectionError,)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three requests of each kind for an account, five for an address."""
    figures = {k: replace(f, per_account=3, per_address=5) for k, f in LIMITS.items()}
    monkeypatch.setattr(rate_limiter, "LIMITS", figures)


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/api/v1/accounts", Kind.READ),
        ("GET", "/api/v1/auth/session", Kind.READ),
        ("POST", "/api/v1/accounts", Kind.WRITE),
        ("DELETE", "/api/v1/auth/session", Kind.WRITE),
        ("POST", "/api/v1/auth/user/logout", Kind.WRITE),
        ("POST", "/api/v1/auth/session", Kind.SIGN_IN),
        ("POST", "/api/v1/auth/user/login", Kind.SIGN_IN),
        ("POST", "/api/v1/auth/user/refresh", Kind.SIGN_IN),
        ("POST", "/api/v1/auth/something-new", Kind.SIGN_IN),
        ("POST", "/api/v1/setup", Kind.SIGN_IN),
        ("POST", "/api/v1/auth/user/initiate-registration", Kind.REGISTRATION),
        ("POST", "/api/v1/auth/user/verify-otp-and-register", Kind.CODE),
        ("POST", "/api/v1/me/second-factor/confirmation", Kind.CODE),
        ("POST", "/api/v1/me/email/confirm", Kind.CODE),
        ("PUT", "/api/v1/me/password", Kind.SIGN_IN),
    ],
)
def test_kind_of_a_request(method: str, path: str, kind: Kind) -> None:
    assert kind_of(method, path) == kind


@pytest.mark.usefixtures("few")
async def test_account_over_its_limit_is_told_when_to_come_again(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    for _ in range(3):
        gives(await ada.get(ME))
    answer = await ada.get(ME)
    assert refuses(answer, 429)["code"] == "too-many-requests"
    assert 0 < int(answer.headers["retry-after"]) <= 60
    gives(await bob.get(ME))


@pytest.mark.usefixtures("few")
async def test_address_over_its_limit_is_refused_before_anybody_is_looked_up(
    api: ASGIApp,
) -> None:
    async with (
        make_browser(api, address="203.0.113.9") as here,
        make_browser(api, address="203.0.113.8") as there,
    ):
        for _ in range(5):
            refuses(await here.get(ME), 401)
        refuses(await here.get(ME), 429)
        refuses(await here.get("/api/nothing"), 429)
        refuses(await there.get(ME), 401)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("hops", [0, 1, 2])
async def test_forged_address_is_counted_where_it_came_from(
    api: ASGIApp, parts: Parts, hops: int
) -> None:
    """The client writes a new address each time; the last proxy adds a line."""
    chain = ["203.0.113.9", "10.0.0.2", "10.0.0.1"][: hops + 1]
    parts.proxies = TrustedProxies.of("10.0.0.0/8")
    async with make_browser(api, address=chain[-1]) as client:
        statuses = []
        for n in range(6):
            lines = [f"198.51.100.{n}", *chain[:-1]]
            forged = [("X-Forwarded-For", line) for line in lines]
            statuses.append((await client.get(ME, headers=forged)).status_code)
    assert statuses == [401] * 5 + [429]


async def test_without_a_store_nobody_signs_in_and_the_rest_goes_on(
    api: ASGIApp, parts: Parts, ada: httpx.AsyncClient, clock: Clock
) -> None:
    store = BrokenCounters(clock)
    store.wrap_exceptions = True
    parts.limiter = RateLimiter(store, clock)
    gives(await ada.get(ME))
    async with make_browser(api) as browser:
        answer = await browser.post(SESSION, json=SIGN_IN)
        assert refuses(answer, 503)["code"] == "unavailable"


async def test_browser_that_keeps_its_mark_waits_for_nobody_else(
    browser: httpx.AsyncClient, api: ASGIApp
) -> None:
    await browser.post("/api/v1/setup", json=ADA)
    async with make_browser(api) as stranger:
        wrong = SIGN_IN | {"password": "wrong"}
        refused = [await stranger.post(SESSION, json=wrong) for _ in range(6)]
    assert refused[-1].status_code == 429
    proof = await browser.post("/api/v1/auth/step-up", json={"password": GOOD})
    assert proof.status_code == 204
    assert (await browser.delete(SESSION)).status_code == 204
    assert (await browser.post(SESSION, json=SIGN_IN)).status_code == 201
