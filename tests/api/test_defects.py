"""A defect of ours is told to the log in full, and to nobody else."""

import httpx
import pytest
from sqlalchemy.exc import ProgrammingError
from starlette.types import ASGIApp

from fintrack.api import accounts
from tests.api.asking import refuses
from tests.api.conftest import HERE

QUERY = "SELECT password_hash FROM person"


async def test_answer_says_nothing_of_what_went_wrong(
    ada: httpx.AsyncClient,
    api: ASGIApp,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def break_down(*_: object, **__: object) -> None:
        raise ProgrammingError(QUERY, {"token": "hunter2"}, Exception("at 10.0.0.5"))

    monkeypatch.setattr(accounts, "ask", break_down)
    quiet = httpx.ASGITransport(api, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=quiet, base_url=HERE) as browser:
        browser.cookies = ada.cookies
        answer = await browser.get("/api/v1/accounts")
    problem = refuses(answer, 500)
    assert problem["code"] == "internal"
    assert problem["detail"] == "Something went wrong. Nothing was changed."
    for inner in (QUERY, "hunter2", "10.0.0.5", "Traceback", "sqlalchemy"):
        assert inner not in answer.text
    (record,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert record.exc_info
