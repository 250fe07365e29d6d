"""Attachments in the order they came, without where their bytes lie."""

from fintrack.services.attachments.reading import list_attachments
from fintrack.services.commands import ask
from tests.core.test_attachment import BILL
from tests.core.test_picture import picture
from tests.services.attachments.conftest import Desk


async def test_list_has_the_order_of_adding_and_names_no_blob(desk: Desk) -> None:
    for data, name in ((picture("PNG"), "b.png"), (BILL, "a.pdf")):
        await desk.attach(data, name)
    found = await ask(desk.books.actor, list_attachments, desk.transaction_id)
    assert [(one.filename, one.has_thumbnail) for one in found] == [
        ("b.png", True),
        ("a.pdf", False),
    ]
    assert {one.added_by for one in found} == {desk.books.actor.person_id}
    assert not any(name in str(found) for name in desk.files)
