import pytest

from fintrack.core.actor import SYSTEM, Role
from fintrack.core.errors import NotAllowed, NotFound
from fintrack.services.commands import ask
from fintrack.services.sample.owner import find_first_admin
from tests.books import Books, make_person


async def test_first_admin_is_found_among_people(books: Books) -> None:
    admin = await make_person(books.home, "eve@example.org", Role.ADMIN)
    await make_person(books.home, "max@example.org", Role.ADMIN)
    owner = await ask(SYSTEM, find_first_admin)
    assert owner.actor == admin.actor
    assert (owner.language, owner.time_zone) == ("en", "UTC")


@pytest.mark.usefixtures("home")
async def test_before_the_setup_there_is_none() -> None:
    with pytest.raises(NotFound, match="set FinTrack up"):
        await ask(SYSTEM, find_first_admin)


async def test_no_person_may_ask(books: Books) -> None:
    with pytest.raises(NotAllowed):
        await ask(books.actor, find_first_admin)
