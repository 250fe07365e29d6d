"""Every route, met by nobody and by somebody else: each place of an id is tried."""

import hashlib
from dataclasses import fields

import httpx
import pytest

from fintrack.api.routes import ENROLLING, PERSON, Routes
from fintrack.api.subjects import SUBJECTS
from tests.api.asking import gives, refuses
from tests.api.bodies import DAY, EURO, Body, bodies, rules
from tests.api.route_sorts import (
    ASKING,
    EXPORT,
    FILTERED,
    IDS_BESIDE_PATHS,
    PERSONAL,
    VERSIONED,
    WITHOUT_IDS,
)
from tests.api.taking import ids_beside_path, query_of, routes_for
from tests.belongings import Ids, images_of, make_ids
from tests.books import Books

ROUTES = routes_for(PERSON) | routes_for(ENROLLING)
PAIR = {"code": "TRY", "base": "EUR", "quote": "TRY"}
EXCHANGE = {"from": "EUR", "to": "TRY", "amount": "1", "codes": "TRY"}
_ZERO = {
    name: {"amount": "0.00", "currency": "EUR"}
    for name in ("came_in", "went_out", "left")
}
_NOTHING = {"together": _ZERO, "unconverted": []}


@pytest.fixture
async def ids(books: Books, store: object) -> Ids:
    """What Ada has."""
    assert store
    return await make_ids(books)


async def test_nobody_is_sent_to_sign_in(browser: httpx.AsyncClient) -> None:
    ids = Ids(*[1] * len(fields(Ids)))
    query = {"account_id": 1, "filename": "a", "payee": "x"}
    for name in ROUTES:
        answer = await _send(browser, name, ids, _sound(name, ids), query)
        assert refuses(answer, 401)["code"] == "not-signed-in", name


async def test_ids_of_somebody_else_are_not_there(
    bob: httpx.AsyncClient, books: Books, stranger: Books, ids: Ids
) -> None:
    own = await make_ids(stranger)
    before = await images_of(books)
    query = {"account_id": ids.account_id, "filename": "a"}
    for name in sorted(ROUTES - WITHOUT_IDS - FILTERED):
        for body in bodies(own, ids).get(name, [None]):
            answer = await _send(bob, name, ids, body, query)
            assert refuses(answer, 404)["code"] == "not-found", name
    assert await images_of(books) == before


@pytest.mark.parametrize("name", sorted(FILTERED))
async def test_filter_by_ids_of_somebody_else_finds_nothing(
    bob: httpx.AsyncClient, ids: Ids, name: str
) -> None:
    several = [{"any_category": ids.category_id}] if name == EXPORT else []
    for query in (
        {"account_id": ids.account_id},
        {"category_id": ids.category_id},
        {"tag_id": ids.tag_id},
        *several,
    ):
        found = gives(await _send(bob, name, ids, None, query))
        assert found.get("transactions", found) in (
            [],
            {"items": [], "next": None},
            _NOTHING | {"count": 0, "flows": []},
            {"count": 0, "seal": hashlib.sha256(b"").hexdigest()},
        )


async def test_change_of_what_a_filter_of_somebody_else_keeps_changes_nothing(
    bob: httpx.AsyncClient, books: Books, stranger: Books, ids: Ids
) -> None:
    await make_ids(stranger)
    before = await images_of(books), await images_of(stranger)
    for name in ("account_id", "category_id", "tag_id"):
        body = {"filter": {name: ids.by_name[name]}, "void": True}
        done = gives(await bob.post("/api/v1/transactions/change", json=body))
        assert done["item"] == {"changed": 0, "left": [], "matched": 0}
    assert (await images_of(books), await images_of(stranger)) == before


async def test_more_ids_in_bodies_of_somebody_else(
    bob: httpx.AsyncClient, stranger: Books, ids: Ids
) -> None:
    """Where path and body hold ids, the path's own and the body's somebody else's."""
    own = await make_ids(stranger)
    sent = bodies(own, ids)
    into = {"version": 1, "name": "x", "parent_id": ids.category_id}
    merged = {"version": 1, "into_id": ids.category_id}
    tries: list[tuple[str, str, Body]] = [
        ("PUT", f"categories/{own.category_id}", into),
        ("POST", f"categories/{own.category_id}/merge", merged),
        ("POST", f"tags/{own.tag_id}/merge", merged | {"into_id": ids.tag_id}),
        (
            "PATCH",
            f"imports/previews/{own.preview_id}",
            {"account_id": ids.account_id},
        ),
    ]
    for place, found in (
        (f"transactions/{own.transaction_id}", sent["POST /v1/transactions"]),
        (f"rules/{own.rule_id}", rules(own, ids)),
        (f"recurring/{own.item_id}", sent["POST /v1/recurring"]),
        (f"templates/{own.template_id}", sent["POST /v1/templates"]),
    ):
        tries += [("PUT", place, body | {"version": 1}) for body in found if body]
    before = await images_of(stranger)
    for method, place, body in tries:
        refuses(await bob.request(method, f"/api/v1/{place}", json=body), 404)
    assert await images_of(stranger) == before


async def test_take_back_names_rows_of_somebody_else_in_vain(
    bob: httpx.AsyncClient, books: Books, stranger: Books, ids: Ids
) -> None:
    own = await make_ids(stranger)
    batch = gives(await bob.get(f"/api/v1/imports/{own.import_id}"))["summary"]
    assert batch["standing"] == 2
    before = await books.balance(ids.account_id)
    named = {"take_edited": [ids.transaction_id]}
    gives(await bob.delete(f"/api/v1/imports/{own.import_id}", params=named))
    assert await books.balance(ids.account_id) == before


async def test_ledger_of_somebody_else_is_not_there(
    bob: httpx.AsyncClient, books: Books, ids: Ids
) -> None:
    """With sound input for Ada, but Bob is no member of her books."""
    before = await images_of(books)
    bob.headers["FinTrack-Ledger"] = str(books.actor.ledger_id)
    query = {"account_id": ids.account_id, "filename": "a", "payee": "x"} | EXCHANGE
    for name in sorted(ROUTES - PERSONAL):
        filtered = {"account_id": ids.account_id} if name in FILTERED else query
        answer = await _send(bob, name, ids, _sound(name, ids), filtered)
        assert refuses(answer, 404)["code"] == "not-found", name
    assert await images_of(books) == before


def _sound(name: str, ids: Ids) -> Body | None:
    known: dict[str, Body] = {
        "POST /v1/accounts": {
            "name": "x",
            "type": "Cash",
            "opening": EURO,
            "opened_on": DAY,
        },
        "POST /v1/ledger/start": {"beginning": "import"},
        "POST /v1/sample": {},
        "POST /v1/recurring/suggestions/dismiss": {"mark": "x"},
        "PUT /v1/me/settings": {
            "first_name": "Ada",
            "last_name": "",
            "language": "en",
            "appearance": "system",
            "time_zone": "UTC",
            "week_starts_on": 0,
            "month_starts_on": 1,
            "base_currency": "EUR",
            "notices": [],
            "version": 1,
        },
    }
    return known.get(name) or (bodies(ids, ids).get(name) or [None])[0] or {}


async def _send(
    client: httpx.AsyncClient, name: str, ids: Ids, body: Body | None, query: Body
) -> httpx.Response:
    method, path = name.split()
    filled = path.format(**ids.by_name, loss_id=1, source="ecb", **PAIR)
    seen = {"version": 1} if name in VERSIONED else {}
    given = query if name in FILTERED | ASKING else seen
    return await client.request(
        method,
        f"/api{filled}",
        json=body if method in ("POST", "PUT", "PATCH") else None,
        # A name that the route does not know would be what is refused.
        params={one: given[one] for one in given.keys() & query_of(name).keys()},
    )


def test_each_router_is_of_the_kind_that_declares_access() -> None:
    assert all(isinstance(routes, Routes) for routes in SUBJECTS)


def test_each_id_that_a_route_takes_is_tried() -> None:
    taken = {f"{name} {field}" for name in ROUTES for field in ids_beside_path(name)}
    assert taken == IDS_BESIDE_PATHS
