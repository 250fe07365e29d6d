"""A new person is checked as a whole, then added."""

import pytest

from fintrack.core.errors import InvalidInput, Problem
from fintrack.services.new_people import NewPerson, prepare
from tests.services.people import GOOD


async def test_every_finding_is_named_beside_its_field() -> None:
    given = NewPerson(" ", "", "nobody", time_zone="Mars/Base")
    with pytest.raises(InvalidInput) as refused:
        await prepare(given, "short")
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"first_name", "email", "password", "time_zone"}


async def test_nobody_begins_with_a_password_that_leaked_elsewhere() -> None:
    with pytest.raises(InvalidInput, match="leaked elsewhere"):
        await prepare(NewPerson("Ada", "", "ada@example.org"), "mailcreated5240")


async def test_good_input_is_tidied_and_its_password_hashed() -> None:
    given = NewPerson(" Ada ", "", " ada@example.org ")
    ready = await prepare(given, GOOD)
    assert (ready.first_name, ready.email) == ("Ada", "ada@example.org")
    assert ready.password_hash.startswith("$argon2id$")
    assert ready.password_hash not in repr(ready)


async def test_findings_of_the_form_around_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        await prepare(NewPerson("Ada", "", "ada@x.org"), GOOD, Problem("No.", "terms"))
    assert [problem.field for problem in refused.value.problems] == ["terms"]
