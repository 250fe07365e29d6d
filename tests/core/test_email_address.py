"""E-mail addresses are checked lightly and compared firmly."""

import pytest

from fintrack.core.email_address import fold_email, read_email
from fintrack.core.errors import InvalidInput


@pytest.mark.parametrize(
    "given", ["ada@example.org", " ada+x@mail.example ", "ada@localhost"]
)
def test_an_address_is_accepted_without_its_blanks(given: str) -> None:
    assert read_email(given) == given.strip()


@pytest.mark.parametrize(
    "given",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "a@b@c.org",
        "ada@example..org",
        "a da@example.org",
        "ada@example.org\nBcc: eve@example.org",
        "=?utf-8?b?eA0KQmNjOiBlQGUuZQ==?=@example.org",
        f"{'a' * 65}@example.org",
        f"ada@{'x' * 260}.org",
    ],
)
def test_what_is_no_address_is_refused_beside_its_field(given: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_email(given)
    assert refused.value.problems[0].field == "email"


def test_two_spellings_are_one_person() -> None:
    assert fold_email(" Ada@Example.ORG ") == fold_email("ada@example.org")
