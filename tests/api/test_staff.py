"""What admins do to people over REST; for everybody else nothing is there."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from fintrack.api.parts import Parts
from fintrack.core.actor import SYSTEM, Role
from fintrack.services.database import Database
from fintrack.services.security_events import add_event
from tests.api.asking import refuses
from tests.api.conftest import sign_in
from tests.api.route_sorts import STAFF
from tests.books import Books, make_person
from tests.conftest import Clock

SUSPEND, REINSTATE, END = "suspend", "reinstate", "end-sessions"
POST = {"department": "Front desk", "position": "Lead"}


@pytest.fixture
async def admin(home: Database) -> Books:
    return await make_person(home, "root@example.org", Role.ADMIN)


@pytest.fixture
async def root(api: ASGIApp, admin: Books) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an admin who has just signed in."""
    async with await sign_in(api, admin, "root") as client:
        yield client


def place(books: Books, deed: str) -> str:
    return f"/api/v1/staff/people/{books.actor.person_id}/{deed}"


def said(version: int, **more: Any) -> dict[str, Any]:
    return {"version": version, **more}


async def test_suspended_person_is_out_at_once_and_let_in_again(
    root: httpx.AsyncClient, ada: httpx.AsyncClient, books: Books
) -> None:
    assert (await ada.get("/api/v1/me")).status_code == 200
    done = await root.post(place(books, SUSPEND), json=said(1))
    assert (done.status_code, done.content) == (204, b"")
    # This process does not even wait until it has forgotten.
    refuses(await ada.get("/api/v1/me"), 401)
    done = await root.post(place(books, REINSTATE), json=said(2))
    assert done.status_code == 204
    refuses(await ada.get("/api/v1/me"), 401)


async def test_sessions_end_and_the_role_changes(
    root: httpx.AsyncClient, ada: httpx.AsyncClient, books: Books
) -> None:
    assert (await root.post(place(books, END))).status_code == 204
    refuses(await ada.get("/api/v1/me"), 401)
    done = await root.put(place(books, "role"), json=said(1, role="operator"))
    assert done.status_code == 204
    (person,) = await books.rows(
        "SELECT role FROM person WHERE id = :id", id=books.actor.person_id
    )
    assert person.role == "operator"


@pytest.mark.parametrize("role", ["system", "anonymous", "root", ""])
async def test_role_is_one_that_people_have(
    root: httpx.AsyncClient, books: Books, role: str
) -> None:
    sent = said(1, role=role)
    refuses(await root.put(place(books, "role"), json=sent), 422, "role")


async def test_post_is_given_and_its_holder_stays(
    root: httpx.AsyncClient, admin: Books
) -> None:
    sent = said(1, department="Front desk", position="")
    assert (await root.put(place(admin, "post"), json=sent)).status_code == 204
    (person,) = await admin.rows(
        "SELECT department, position FROM person WHERE id = :id",
        id=admin.actor.person_id,
    )
    assert (person.department, person.position) == ("Front desk", "")
    assert (await root.get("/api/v1/me")).status_code == 200
    sent = said(2, department="a\r\nBcc: b", position="x" * 81)
    answer = await root.put(place(admin, "post"), json=sent)
    refuses(answer, 422, "department")
    refuses(answer, 422, "position")


async def test_loss_is_acknowledged_once(root: httpx.AsyncClient, admin: Books) -> None:
    async with admin.home.unit_of_work() as session:
        lost = {"rows": "7", "hash": ""}
        await add_event(session, "trail-lost", admin.home.clock(), SYSTEM, detail=lost)
    (loss,) = await admin.rows(
        "SELECT id FROM security_event WHERE kind = 'trail-lost'"
    )
    url = f"/api/v1/staff/trail/losses/{loss.id}/acknowledge"
    assert (await root.post(url)).status_code == 204
    refuses(await root.post(url), 409)
    refuses(await root.post(url.replace(str(loss.id), "999999")), 404)


async def test_pressed_twice_and_from_a_second_tab(
    root: httpx.AsyncClient, books: Books
) -> None:
    """The second press has the version of before: it is told, and changes nothing."""
    assert (await root.post(place(books, SUSPEND), json=said(1))).status_code == 204
    for deed, body in (
        (SUSPEND, said(1)),
        (REINSTATE, said(1)),
        ("role", said(1, role="admin")),
    ):
        method = "PUT" if deed == "role" else "POST"
        answer = await root.request(method, place(books, deed), json=body)
        assert refuses(answer, 409)["code"] == "stale-version"


async def test_admin_does_nothing_to_themselves(
    root: httpx.AsyncClient, admin: Books
) -> None:
    answer = await root.post(place(admin, SUSPEND), json=said(1))
    assert refuses(answer, 409)["detail"] == "You cannot suspend yourself."
    answer = await root.put(place(admin, "role"), json=said(1, role="user"))
    assert refuses(answer, 409)["detail"] == "You cannot change your own role."


async def test_each_deed_asks_for_a_fresh_proof(
    root: httpx.AsyncClient, books: Books, clock: Clock
) -> None:
    clock.advance(minutes=5)
    for name in STAFF:
        answer = await _send(root, name, books)
        assert refuses(answer, 403)["code"] == "step-up-needed", name


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT, Role.OPERATOR, Role.ANALYST])
async def test_for_others_nothing_is_there_and_the_try_is_kept(
    api: ASGIApp, parts: Parts, home: Database, books: Books, role: Role
) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    before = await books.snapshot()
    async with await sign_in(api, somebody, "eve") as eve:
        for name in STAFF:
            for target in (books, somebody):
                answer = await _send(eve, name, target)
                assert refuses(answer, 404)["code"] == "not-found", name
        await parts.turned_away.tell()
    assert await books.snapshot() == before
    kept = await books.rows(
        "SELECT id FROM security_event WHERE kind = 'refused' AND person_id = :id",
        id=somebody.actor.person_id,
    )
    # Of staff each is told; of others those of each together, once an hour.
    assert len(kept) == len(STAFF) * (1 if role is Role.USER else 2)


async def _send(client: httpx.AsyncClient, name: str, books: Books) -> httpx.Response:
    method, path = name.split()
    more = {"role": {"role": "admin"}, "post": POST}.get(path.rpartition("/")[2], {})
    body = said(1, **more)
    filled = path.format(person_id=books.actor.person_id, loss_id=1)
    return await client.request(method, f"/api{filled}", json=body)
