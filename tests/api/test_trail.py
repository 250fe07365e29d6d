"""One's own trail over REST."""

from dataclasses import replace

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.parts import Parts
from fintrack.core.actor import Role, Where
from fintrack.services.commands import perform
from fintrack.services.staff.standing import PersonMark, change_role
from tests.api.asking import gives, refuses
from tests.api.conftest import sign_in
from tests.books import Books
from tests.conftest import Clock
from tests.services.mailed import mailed_code
from tests.services.staff.fresh import make_staff

PLACE = "/api/v1/me/trail"


async def test_own_trail_is_listed_with_changes_and_events(
    ada: httpx.AsyncClient, books: Books
) -> None:
    await books.open("Cash")
    items = gives(await ada.get(PLACE))["items"]
    assert {(item["is_event"], item["what"]) for item in items} >= {
        (True, "sign-in"),
        (False, "account.open"),
    }
    signed_in = next(item for item in items if item["what"] == "sign-in")
    assert (signed_in["address"], signed_in["device"]) == ("127.0.0.1", "Firefox")
    assert not signed_in["is_shipped"]


async def test_trail_is_paged(ada: httpx.AsyncClient, books: Books) -> None:
    for name in "abc":
        await books.open(name)
    whole = gives(await ada.get(PLACE))
    first = gives(await ada.get(PLACE, params={"limit": 3}))
    rest = gives(await ada.get(PLACE, params={"limit": 50, "cursor": first["next"]}))
    assert first["items"] + rest["items"] == whole["items"]
    assert rest["next"] is None
    params = {"limit": len(whole["items"])}
    assert gives(await ada.get(PLACE, params=params)) == whole


async def test_trail_of_somebody_else_is_not_there(
    ada: httpx.AsyncClient, books: Books, stranger: Books
) -> None:
    assert books
    await stranger.open("Theirs")
    items = gives(await ada.get(PLACE))["items"]
    assert all(item["ledger_id"] != stranger.actor.ledger_id for item in items)


async def test_changed_role_says_which_it_was_and_which_it_is(
    api: ASGIApp, books: Books
) -> None:
    admin = await make_staff(books.home, "root@example.org")
    actor = replace(admin.actor, where=Where("127.0.0.1"))
    mark = PersonMark(books.actor.person_id or 0, 1)
    await perform(actor, change_role, mark, Role.SUPPORT)
    async with await sign_in(api, books, "anew") as ada:
        items = gives(await ada.get(PLACE))["items"]
    told = {item["what"]: item["words"] for item in items}
    words = {"before": "user", "after": "support"}
    assert (told["role-changed"], told["sign-in"]) == (words, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cursor", "5"),
        ("cursor", "5.x"),
        ("cursor", "9999999999999999999.1"),
        ("limit", "51"),
    ],
)
async def test_bad_page_names_its_field(
    ada: httpx.AsyncClient, name: str, value: str
) -> None:
    refuses(await ada.get(PLACE, params={name: value}), 422, name)


async def test_refusal_tells_address_and_device(
    ada: httpx.AsyncClient, parts: Parts, books: Books
) -> None:
    ada.headers["User-Agent"] = "Firefox"
    elsewhere = {"FinTrack-Ledger": "99"}
    refuses(await ada.get("/api/v1/accounts", headers=elsewhere), 404)
    await parts.turned_away.tell()
    found = await books.rows(
        "SELECT person_id, address, detail FROM security_event "
        "WHERE kind = 'refused' ORDER BY id"
    )
    assert [row.person_id for row in found] == [books.actor.person_id]
    assert {(row.address, row.detail["device"]) for row in found} == {
        ("127.0.0.1", "Firefox")
    }
    items = gives(await ada.get(PLACE))["items"]
    refused = next(item for item in items if item["what"] == "refused")
    assert (refused["address"], refused["device"]) == ("127.0.0.1", "Firefox")


async def test_wrong_code_is_listed_as_refused_and_not_as_done(
    ada: httpx.AsyncClient, books: Books, clock: Clock
) -> None:
    mine = {"email": "new@example.org"}
    flow = gives(await ada.post("/api/v1/me/email", json=mine), 202)["flow"]
    code = await mailed_code(books.home)
    given = {"flow": flow, "code": f"{(int(code) + 1) % 10**6:06}"}
    before = gives(await ada.get(PLACE))["items"]
    clock.advance(seconds=1)
    refuses(await ada.post("/api/v1/me/email/confirm", json=given), 422, "code")
    items = gives(await ada.get(PLACE))["items"]
    assert items[1:] == before
    assert (items[0]["what"], items[0]["refused"]) == ("refused", "code.email")
    assert (items[0]["is_event"], items[0]["address"]) == (True, "127.0.0.1")
