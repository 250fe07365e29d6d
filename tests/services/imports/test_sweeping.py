"""What waited longer than a day is removed, file and row."""

from pathlib import Path

import pytest

from fintrack.core.errors import Conflict, NotFound
from fintrack.services.imports.sweeping import sweep_previews
from tests.books import Books
from tests.conftest import Clock
from tests.services.imports.conftest import Desk
from tests.services.imports.statements import CURRENT

pytestmark = pytest.mark.database


async def test_expired_preview_is_refused_and_swept(
    desk: Desk, books: Books, clock: Clock, tmp_path: Path
) -> None:
    account = await books.open("Bank")
    head = await desk.receive(account.id, CURRENT)
    assert await sweep_previews() == 0
    clock.advance(hours=24)
    with pytest.raises(Conflict, match="expired"):
        await desk.read(head.id)
    with pytest.raises(Conflict, match="expired"):
        await desk.confirm(head.id)
    assert await sweep_previews() == 1
    assert list((tmp_path / "blobs").iterdir()) == []
    with pytest.raises(NotFound):
        await desk.read(head.id)
