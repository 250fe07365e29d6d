"""Lists over REST go on while something follows, and no longer."""

import pytest

from fintrack.api.shapes import page_of_ids


@pytest.mark.parametrize(
    ("found", "shown", "follows"),
    [
        ([], [], None),
        ([3], [3], None),
        ([3, 2], [3, 2], None),
        ([3, 2, 1], [3, 2], "2"),
    ],
    ids=["empty", "short", "exactly full", "one more"],
)
def test_page_names_what_follows(
    found: list[int], shown: list[int], follows: str | None
) -> None:
    page = page_of_ids(found, found, 2)
    assert (page.items, page.next) == (shown, follows)
