"""I27: a file that is lost is found out by ``fintrack check``."""

import pytest

from fintrack.core.errors import Unavailable
from fintrack.services.attachments.proving import check_files
from fintrack.services.blobs import names_in
from tests.core.test_picture import picture
from tests.services.attachments.conftest import Desk


async def test_lost_file_is_counted_and_said_to_its_owner(desk: Desk) -> None:
    done = await desk.attach(picture("PNG"), "a.png")
    assert await check_files(lambda: names_in(desk.folder)) == []
    for path in desk.folder.iterdir():
        path.unlink()
    (finding,) = await check_files(lambda: names_in(desk.folder))
    assert (finding.invariant, finding.count) == ("I27", 2)
    with pytest.raises(Unavailable, match="damaged"):
        await desk.read(done.value.id)


async def test_pdf_has_one_file_and_a_folder_that_is_not_there_has_none(
    desk: Desk,
) -> None:
    assert await check_files(lambda: names_in(desk.folder / "nowhere")) == []
    await desk.attach()
    (finding,) = await check_files(lambda: names_in(desk.folder / "nowhere"))
    assert finding.count == 1
