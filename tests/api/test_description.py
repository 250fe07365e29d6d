"""The API as it describes itself: packed, and kept by browsers."""

import httpx
import pytest

GZIP_AND_MORE = "br, gzip;q=0.8"
PATH = "/api/openapi.json"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        (GZIP_AND_MORE, "gzip"),
        ("br", None),
        ("gzip;q=0", None),
        ("gzip; q=0.0, br", None),
        ("identity", None),
    ],
)
async def test_description_is_packed_for_who_takes_it(
    browser: httpx.AsyncClient, accepted: str, encoding: str | None
) -> None:
    plain = await browser.get(PATH, headers={"Accept-Encoding": "identity"})
    answer = await browser.get(PATH, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.json() == plain.json()
    if encoding:
        sent, whole = answer.headers["content-length"], plain.headers["content-length"]
        assert int(sent) * 5 < int(whole)


async def test_description_that_a_browser_keeps_is_not_sent_again(
    browser: httpx.AsyncClient,
) -> None:
    tag = (await browser.get(PATH)).headers["etag"]
    kept = await browser.get(PATH, headers={"If-None-Match": tag})
    assert (kept.status_code, kept.content) == (304, b"")
    other = await browser.get(PATH, headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


async def test_no_other_answer_is_packed(browser: httpx.AsyncClient) -> None:
    """How long a packed answer is would tell of what is secret in it (BREACH)."""
    answer = await browser.get("/api/v1/me", headers={"Accept-Encoding": "gzip, br"})
    assert "content-encoding" not in answer.headers
