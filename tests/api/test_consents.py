"""What one agreed to, over REST."""

import httpx

from fintrack.core.consents import CURRENT
from tests.api.asking import gives, refuses

PLACE = "/api/v1/me/consents"


async def test_present_terms_are_agreed_to(ada: httpx.AsyncClient) -> None:
    assert gives(await ada.get(PLACE)) == {"items": [], "current": CURRENT}
    given = {"subject": "terms", "text_version": CURRENT["terms"]}
    assert (await ada.post(PLACE, json=given)).status_code == 204
    (found,) = gives(await ada.get(PLACE))["items"]
    assert found["is_current"]
    assert found.items() >= given.items()
    old = given | {"text_version": "2001-01"}
    refuses(await ada.post(PLACE, json=old), 422, "text_version")
