from fintrack.components.navigation import AFTER_PLUS, BEFORE_PLUS, ENTRIES


def test_each_place_has_its_own_address_and_letter() -> None:
    assert len({entry.route for entry in ENTRIES}) == len(ENTRIES)
    assert len({entry.letter for entry in ENTRIES}) == len(ENTRIES)


def test_the_bottom_bar_shows_only_places_that_exist() -> None:
    assert {*BEFORE_PLUS, *AFTER_PLUS} <= {entry.route for entry in ENTRIES}
