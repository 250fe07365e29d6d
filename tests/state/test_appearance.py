"""What is chosen on one device is kept for the others."""

import pytest

from fintrack.services.commands import ask
from fintrack.services.people import find_settings
from fintrack.state.appearance import AppearanceState
from tests.books import Books
from tests.state.desk import sit_down


@pytest.mark.parametrize(
    ("chosen", "kept", "versions"),
    [("dark", "dark", 1), ("system", "system", 0), ("pink", "system", 0)],
)
async def test_choice_is_kept_in_the_account(
    books: Books, chosen: str, kept: str, versions: int
) -> None:
    before = await ask(books.actor, find_settings)
    state = await (await sit_down(books)).state(AppearanceState)
    await state.keep(chosen)
    after = await ask(books.actor, find_settings)
    assert (after.appearance, after.version) == (kept, before.version + versions)
