"""Nobody opens a way in that no reviewer has read.

After a change: ``python -m tests.inventory``, and read the difference.
"""

from pathlib import Path

from fastapi import APIRouter, FastAPI

from tests.inventory import listing


def test_handlers_are_the_ones_that_were_reviewed() -> None:
    reviewed = listing.HANDLERS.read_text(encoding="utf-8").splitlines()
    assert listing.list_handlers() == reviewed


def test_routes_are_the_ones_that_were_reviewed() -> None:
    reviewed = listing.ROUTES.read_text(encoding="utf-8").splitlines()
    assert listing.list_routes() == reviewed


def test_way_in_that_nobody_reviewed_is_told_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "routes.txt"
    kept.write_text("GET /api  public\n", encoding="utf-8")
    assert listing.differences(kept, ["GET /api  public"]) == []
    runs = ["GET /api  public", "POST /planted  public"]
    assert "+POST /planted  public" in listing.differences(kept, runs)
    assert kept.read_text(encoding="utf-8") == "GET /api  public\n"


def test_every_route_declares_its_access() -> None:
    assert not [line for line in listing.list_routes() if listing.UNMARKED in line]


def test_route_without_access_is_caught() -> None:
    router = APIRouter()
    router.add_api_route("/open", lambda: None)
    api = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    api.include_router(router)
    assert list(listing.routes_of(api)) == ["GET /open  UNMARKED"]


def test_no_secret_comes_over_the_socket() -> None:
    assert listing.secret_parameters() == []


def test_guard_can_check_every_parameter() -> None:
    assert listing.untyped_parameters() == []
