"""Each command and question has a route, or a reason why not; OpenAPI says it all."""

import json
import re
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import httpx

from fintrack import services
from fintrack.api.routes import ENROLLING, PERSON, VERB
from fintrack.services.commands import registry
from tests.api.asking import gives
from tests.api.taking import operation, routes_for

WITHOUT_ROUTE = {
    "trail.is_shipped": "part of GET /health",
    "currency.dated": "totals bring their rates with them; /currencies/convert has one",
    "currency.small_curves": "the history of each pair says it, and more",
    "currency.convert_to_each": "GET /v1/currencies/convert says it, one at a time",
    "rate.weigh_own": "a program knows what it sends; a person is asked",
    "currency.rows": "GET /v1/currencies says it, and more",
    "tag.options": "GET /v1/tags says it, and more",
    "account.chart": "part of GET /v1/transactions/export",
    "transaction.export_batch": "part of GET /v1/transactions/export",
    "transaction.export_books": "part of GET /v1/transactions/export",
    "transaction.note_export": "part of GET /v1/transactions/export",
    "account.last_used": "GET /v1/transactions?limit=1 says it, and more",
    "account.options": "GET /v1/accounts and /v1/categories say it, and more",
    "change.last": "GET /v1/changes says it, and more",
    "code.check_flow": "part of POST /v1/auth/user/resend-code",
    "code.check_wait": "part of POST /v1/auth/user/initiate-registration",
    "code.resend": "POST /v1/auth/user/resend-code, for everybody",
    "person.known_words": "part of PUT /v1/me/password",
    "recurring.settle": "the timetable carries out what is due",
    "recurring.unsettled": "the timetable looks for what is due",
    "registration.begin": "POST /v1/auth/user/initiate-registration, for everybody",
    "registration.finish": "POST /v1/auth/user/verify-otp-and-register, its cookie",
    "reset.begin": "POST /v1/auth/password-reset, for everybody",
    "reset.prove": "part of POST /v1/auth/password-reset/confirm",
    "reset.finish": "part of POST /v1/auth/password-reset/confirm",
    "attachment.find_target": "part of POST /v1/transactions/{id}/attachments",
    "attachment.kept_blobs": "part of the upload and of clearing away",
    "attachment.named_blobs": "the command line's `check`; it reads all ledgers",
    "books.check": "the command line's `check`; it reads all ledgers",
    "books.find_room": "part of POST /v1/books and of its preview",
    "import.discard": "DELETE /v1/imports/{id} of a file that waits",
    "import.drop_previews": "the system clears away what has expired",
    "import.find_room": "part of POST /v1/imports",
    "import.try_mapping": "PATCH of a preview keeps one, and takes the former again",
    "import.named_blobs": "part of the upload and of clearing away",
    "import.expired": "the system clears away what has expired",
    "installation.exchange_key": "the command line's `change-key`",
    "installation.finish_exchange": "the command line's `change-key`",
    "installation.marks": "part of the start of the process",
    "installation.record": "part of the start of the process",
    "job.are_on_time": "GET /health",
    "job.history": "staff read it in the staff area",
    "job.list": "staff read it in the staff area, and /metrics",
    "job.run_now": "staff ask for it in the staff area",
    "ledger.of_first_admin": "the command line's `sample-data`",
    "person.choose_appearance": "part of PUT /v1/me/settings",
    "person.named_pictures": "the system clears away what has no person",
    "program.find_family": "part of POST /v1/auth/user/refresh and /logout",
    "program.end": "POST /v1/auth/user/logout, without a session",
    "program.refresh": "POST /v1/auth/user/refresh, without a session",
    "program.start": "POST /v1/auth/user/login, with its tokens",
    "mail.health": "the staff area's page alone",
    "mail.outbox": "the staff area's page alone",
    "session.check_wait": "POST /v1/auth/session, with its cookie",
    "session.end": "DELETE /v1/auth/session, with its cookie",
    "session.check_code_wait": "part of POST /v1/auth/session/second-step",
    "session.find": "behind every route",
    "session.finish": "POST /v1/auth/session/second-step, with its cookie",
    "session.prove": "POST /v1/auth/step-up, with its cookie",
    "session.find_by_id": "behind every route",
    "session.start": "POST /v1/auth/session, with its cookie",
    "session.try": "POST /v1/auth/session, with its cookie",
    "rates.health": "part of /metrics; GET /v1/staff/rates/sources says most of it",
    "staff.health": "the staff area's page alone; /health and /metrics for programs",
    "staff.open_profile": "staff do it in the staff area, before their own eyes",
    "staff.note_list": "the staff area's pages, when a list is opened",
    "staff.people": "a program must not read out who is here",
    "staff.search_people": "a program must not read out who is here",
    "staff.search_trail": "staff read it in the staff area; the look is noted",
    "staff.begin_verification": "the staff area's page, before a verification",
    "staff.note_verification": "the staff area's page, after a verification",
    "mail.retry": "staff ask for it in the staff area",
    "trail.health": "the staff's own pages",
    "trail.verify": "the command line's `audit verify`, and the staff's own pages",
    "setup.is_open": "POST /v1/setup and /health",
    "setup.create_first_admin": "POST /v1/setup, with its cookie",
}
# Their verbs are those of every sign-in.
WITHOUT_VERB = {"GET /v1/me", "POST /v1/auth/step-up"}
METHODS = {"get", "post", "put", "patch", "delete"}


def verbs() -> set[str]:
    """All verbs of the product, whichever modules are imported already."""
    for module in walk_packages(services.__path__, "fintrack.services."):
        import_module(module.name)
    return {name for name in registry() if not name.startswith("test.")}


def routed() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(routes_for(PERSON) | routes_for(ENROLLING)):
        verb = operation(name).get(VERB, "")
        if name not in WITHOUT_VERB:
            found.setdefault(verb, []).append(name)
    return found


def test_each_verb_has_a_route_or_a_reason() -> None:
    assert verbs() == (set(routed()) | set(WITHOUT_ROUTE))


def test_each_route_calls_one_verb_of_its_own() -> None:
    assert {verb: names for verb, names in routed().items() if len(names) != 1} == {}


def test_what_changes_something_is_not_asked_with_get() -> None:
    changing = [
        names[0]
        for verb, names in routed().items()
        if registry()[verb].changes and names[0].startswith("GET")
    ]
    assert changing == []


async def test_description_can_be_read(browser: httpx.AsyncClient) -> None:
    """Every reference leads somewhere; ids and summaries are there, once each."""
    found = gives(await browser.get("/api/openapi.json"))
    assert found["openapi"].startswith("3.1")
    assert found["servers"] == [{"url": "/api"}]
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(found)):
        target: Any = found
        for step in reference.split("/"):
            target = target[step]
    operations = [
        operation
        for path in found["paths"].values()
        for method, operation in path.items()
        if method in METHODS
    ]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z_]+", one) for one in ids)
    assert all(operation["summary"] for operation in operations)
    assert all("default" in operation["responses"] for operation in operations)


async def test_path_parameters_are_snake_case(browser: httpx.AsyncClient) -> None:
    found = gives(await browser.get("/api/openapi.json"))
    for path in found["paths"]:
        assert re.fullmatch(r"(/[a-z0-9-]+|/\{[a-z_]+\})+", path), path
