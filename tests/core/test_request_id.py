"""Each task has the name of its own request."""

import asyncio

from fintrack.core.request_id import begin_request, current_request


async def _work() -> tuple[str, str]:
    begin_request()
    before = current_request()
    await asyncio.sleep(0)
    return before, current_request()


async def test_requests_at_once_keep_their_own_names() -> None:
    found = await asyncio.gather(_work(), _work())
    assert all(before == after for before, after in found)
    assert len({name for name, _ in found}) == 2


async def test_nothing_is_at_work_outside_of_a_request() -> None:
    assert await asyncio.to_thread(current_request) == ""
