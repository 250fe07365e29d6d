"""One's own picture over REST."""

import httpx
import pytest

from tests.api.asking import refuses
from tests.core.test_picture import photograph, picture, png_of

PLACE = "/api/v1/me/picture"
pytestmark = pytest.mark.usefixtures("store")


async def test_picture_is_given_to_oneself_alone(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    assert (await ada.put(PLACE, content=photograph())).status_code == 204
    shown = await ada.get(PLACE)
    assert shown.headers["content-type"] == "image/webp"
    assert shown.content[:4] == b"RIFF"
    refuses(await bob.get(PLACE), 404)
    refuses(await browser.get(PLACE), 401)
    assert (await ada.delete(PLACE)).status_code == 204
    refuses(await ada.get(PLACE), 404)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<svg onload='alert(1)'/>", 415),
        (b"", 422),
        (photograph()[:500], 422),
        (png_of(30_000, 30_000), 422),
        (bytes(10 * 1024 * 1024 + 1), 413),
    ],
    ids=["svg", "empty", "torn", "bomb", "too large"],
)
async def test_bad_file_is_refused_and_the_old_one_stays(
    ada: httpx.AsyncClient, body: bytes, status: int
) -> None:
    await ada.put(PLACE, content=picture("PNG"))
    before = (await ada.get(PLACE)).content
    refuses(await ada.put(PLACE, content=body), status, "file")
    assert (await ada.get(PLACE)).content == before
