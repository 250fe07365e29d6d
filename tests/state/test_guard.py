"""No event reaches a handler that the guard has not let through."""

from dataclasses import replace
from typing import Any

import pytest
import reflex as rx
from sqlalchemy import text

from fintrack.core.actor import Actor, Role
from fintrack.core.errors import Unavailable
from fintrack.core.rate_limits import LIMITS, Kind
from fintrack.services import rate_limiter
from fintrack.services.commands import perform
from fintrack.services.database import Database
from fintrack.services.session_directory import SessionDirectory
from fintrack.services.sessions import SessionView, end_session, hash_token
from fintrack.services.sign_in import SignIn, sign_in
from fintrack.state.access import needs, public
from fintrack.state.guard import RELOAD
from fintrack.state.session import SessionState, actor_of
from tests.api.conftest import sign_in as seat
from tests.books import make_person
from tests.conftest import Clock
from tests.services.people import GOOD, browser
from tests.services.test_sessions import open_session
from tests.state.conftest import HYDRATE, Tab

CALLS: list[Any] = []


class ProbeState(rx.State):
    """Handlers that tell whether they were reached, and with what."""

    rows: str = ""
    _secret: str = "never sent"

    @rx.event
    async def load(self) -> None:
        CALLS.append(await actor_of(self))
        self.rows = "salary"

    @rx.event
    def pay(
        self,
        amount: int,
        as_admin: bool = False,  # noqa: FBT001, FBT002 - what nobody may send
    ) -> None:
        CALLS.append((amount, as_admin))

    @rx.event
    def save(self, form: dict[str, str]) -> None:
        CALLS.append(form)

    @rx.event
    def set_rows(self, rows: str) -> None:
        CALLS.append(rows)

    @rx.event
    @public
    def look(self, ratio: float) -> None:
        CALLS.append(ratio)

    @rx.event
    @needs(Role.OPERATOR)
    def approve(self) -> None:
        CALLS.append("approved")

    def undecorated(self) -> None:
        CALLS.append("undecorated")


@pytest.fixture(autouse=True)
def calls() -> list[Any]:
    CALLS.clear()
    return CALLS


@pytest.fixture
async def view(tab: Tab) -> SessionView:
    view = await open_session("ada")
    tab.cookie = "fintrack=ada"
    return view


@pytest.mark.parametrize(
    "handler", [ProbeState.load, ProbeState.approve, ProbeState.undecorated]
)
async def test_handler_before_sign_in_is_refused(
    tab: Tab, calls: list[Any], handler: object
) -> None:
    await tab.send(handler)
    assert calls == []
    assert "/signin?next=" in str(tab.scripts)


async def test_forged_cookie_is_nobody(tab: Tab, calls: list[Any]) -> None:
    await open_session("ada")
    tab.cookie = "fintrack=guess"
    await tab.send(ProbeState.load)
    assert calls == []


async def test_signed_in_person_acts_in_their_own_name(
    tab: Tab, calls: list[Any], view: SessionView
) -> None:
    await tab.send(ProbeState.load)
    assert calls == [view.actor]
    assert "salary" in tab.shown


async def test_ids_of_others_in_the_event_change_nobody(
    tab: Tab, calls: list[Any], view: SessionView
) -> None:
    await tab.send(ProbeState.load, person_id=99, ledger_id=99)
    assert calls == []
    name = SessionState.get_full_name()
    await tab.send(f"{name}.setvar", var_name="_person_id", value=99)
    await tab.send(ProbeState.load)
    assert calls == [view.actor]
    assert isinstance(calls[0], Actor)


async def test_mark_of_a_role_is_kept_and_the_refusal_remembered(
    tab: Tab, calls: list[Any], view: SessionView, home: Database
) -> None:
    assert view.role == Role.ADMIN
    await tab.send(ProbeState.approve)
    assert calls == []
    async with home.reading() as session:
        kinds = text("SELECT kind FROM security_event ORDER BY id DESC LIMIT 1")
        assert await session.scalar(kinds) == "refused"


async def test_public_handler_is_for_everybody(tab: Tab, calls: list[Any]) -> None:
    await tab.send(ProbeState.look, ratio=1)
    assert calls == [1]


@pytest.mark.usefixtures("view")
async def test_setvar_is_refused(tab: Tab, calls: list[Any]) -> None:
    name = f"{ProbeState.get_full_name()}.setvar"
    await tab.send(name, var_name="rows", value="x")
    assert calls == []


@pytest.mark.usefixtures("view")
async def test_default_parameter_cannot_be_sent(tab: Tab, calls: list[Any]) -> None:
    await tab.send(ProbeState.pay, amount=5, as_admin=True)
    assert calls == []
    await tab.send(ProbeState.pay, amount=5)
    assert calls == [(5, False)]


@pytest.mark.usefixtures("view")
@pytest.mark.parametrize(
    "amount", [{"$gt": 0}, "5", None, [5], 5.5, True, float("nan"), float("inf")]
)
async def test_payload_of_another_type_is_refused(
    tab: Tab, calls: list[Any], amount: object
) -> None:
    await tab.send(ProbeState.pay, amount=amount)
    assert calls == []


@pytest.mark.parametrize("ratio", [float("nan"), float("inf"), "1", {}])
async def test_nan_is_no_number(tab: Tab, calls: list[Any], ratio: object) -> None:
    await tab.send(ProbeState.look, ratio=ratio)
    assert calls == []


@pytest.mark.usefixtures("view")
async def test_form_holds_texts_only(tab: Tab, calls: list[Any]) -> None:
    await tab.send(ProbeState.save, form={"payee": {"nested": 1}})
    await tab.send(ProbeState.save, form={"payee": "x" * 300_000})
    assert calls == []
    await tab.send(ProbeState.save, form={"payee": "Baker"})
    assert calls == [{"payee": "Baker"}]


async def test_ended_session_is_refused_on_a_live_socket_within_five_seconds(
    tab: Tab, calls: list[Any], view: SessionView, clock: Clock
) -> None:
    await tab.send(ProbeState.load)
    await perform(view.actor, end_session, hash_token("ada"))
    clock.advance(seconds=5)
    await tab.send(ProbeState.load)
    assert len(calls) == 1
    assert "/signin?next=" in str(tab.scripts)


async def test_stolen_tab_token_shows_nothing_of_its_owner(
    tab: Tab, view: SessionView
) -> None:
    assert view
    await tab.send(ProbeState.load)
    tab.deltas.clear()
    tab.cookie = ""
    await tab.send(HYDRATE)
    assert tab.deltas
    for private in ("salary", "ada@example.org", "Lovelace"):
        assert private not in tab.shown


async def test_renewed_session_of_the_same_person_keeps_the_mailed_code(
    tab: Tab, calls: list[Any], view: SessionView
) -> None:
    await tab.send(ProbeState.load)
    await sign_in(SignIn(view.email, GOOD), browser("renewed"))
    tab.cookie = "fintrack=renewed"
    await tab.send(ProbeState.load)
    assert len(calls) == 1
    assert "startsWith" in tab.scripts[-1]


async def test_another_person_in_the_tab_finds_nothing_of_the_one_before(
    tab: Tab, calls: list[Any], view: SessionView, home: Database
) -> None:
    await tab.send(ProbeState.load)
    eve = await make_person(home, "eve@example.org", Role.USER)
    assert eve.actor.person_id != view.person_id
    await (await seat(lambda *_: None, eve, "eve")).aclose()  # pyright: ignore[reportArgumentType] - no request is sent
    tab.cookie = "fintrack=eve"
    await tab.send(ProbeState.load)
    assert len(calls) == 1
    assert RELOAD in str(tab.scripts)


async def test_private_values_stay_on_the_server(tab: Tab, view: SessionView) -> None:
    await tab.send(HYDRATE)
    await tab.send(ProbeState.load)
    assert view.email in tab.shown
    assert "never sent" not in tab.shown
    assert "_person_id" not in tab.shown
    assert hash_token("ada").hex() not in tab.shown
    assert "fintrack=ada" not in tab.shown


@pytest.mark.usefixtures("view")
async def test_event_over_the_limit_is_refused_in_words(
    tab: Tab, calls: list[Any], clock: Clock
) -> None:
    figures = LIMITS[Kind.EVENT]
    for _ in range(figures.per_account):
        await tab.send(ProbeState.pay, amount=5)
    assert len(calls) == figures.per_account
    await tab.send(ProbeState.pay, amount=5)
    assert len(calls) == figures.per_account
    assert "Please wait 60 seconds." in str(tab.scripts)
    clock.advance(seconds=60)
    await tab.send(ProbeState.pay, amount=5)
    assert len(calls) == figures.per_account + 1


@pytest.mark.parametrize(
    ("peer", "forwarded", "passes"),
    [
        ("203.0.113.9", "198.51.100.{}", False),
        ("10.0.0.1", "198.51.100.{}, 203.0.113.9", False),
        ("10.0.0.1", "198.51.100.{}, 203.0.113.9, 10.0.0.2", False),
        ("10.0.0.1", "198.51.100.{}", True),
    ],
    ids=["no hop", "one hop", "two hops", "other clients"],
)
async def test_forged_address_gets_no_window_of_its_own(
    tab: Tab,
    calls: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    peer: str,
    forwarded: str,
    *,
    passes: bool,
) -> None:
    few = replace(LIMITS[Kind.EVENT], per_address=3)
    monkeypatch.setattr(rate_limiter, "LIMITS", {**LIMITS, Kind.EVENT: few})
    tab.address = peer
    for n in range(5):
        tab.forwarded_for = forwarded.format(n)
        await tab.send(ProbeState.look, ratio=1)
    assert len(calls) == (5 if passes else 3)


async def test_database_that_is_away_is_said_in_words(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def find(self: SessionDirectory, token: str) -> None:
        del self, token
        raise Unavailable

    monkeypatch.setattr(SessionDirectory, "find", find)
    await tab.send(ProbeState.look, ratio=1)
    assert "Please try again." in str(tab.scripts)
    assert "signin" not in str(tab.scripts)
