"""Templates of a file are read as they were written, or refused with their names."""

from typing import Any

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.moved_templates import placed, read_templates
from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from tests.books import money
from tests.core.habit_files import PLACES, template


def test_template_is_read_with_all_that_it_says() -> None:
    shares = [{"category": "c", "amount": "3.00", "memo": "tea"}, {"category": "c"}]
    said = template(shares=shares, payee="Bar", note="n")
    (one,) = read_templates({"templates": [said]}, PLACES)
    assert one == NewTemplate(
        "Lunch",
        TemplateKind.EXPENSE,
        1,
        money("12 EUR"),
        payee="Bar",
        shares=(TemplateShare(4, money("3 EUR"), "tea"), TemplateShare(4)),
        note="n",
        tags=("noon",),
    )
    assert read_templates({}, PLACES) == ()


def test_numbers_become_the_ids_of_places() -> None:
    aside = template(name="Aside", kind="transfer", shares=[], to_account="d")
    first, second = (
        placed(one, {1: 11, 2: 22, 4: 44})
        for one in read_templates({"templates": [template(), aside]}, PLACES)
    )
    assert (first.account_id, first.shares[0].category_id) == (11, 44)
    assert second.to_account_id == 22


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"account": "?"}, "The template 1 Lunch cannot come in. It names"),
        ({"account": "c"}, "not an account"),
        ({"shares": [{"category": "a"}]}, "not a category"),
        ({"shares": [{}]}, "not in the file"),
        ({"shares": [{"category": "c"}] * 101}, "more than 100"),
        ({"kind": "gift"}, "as the form asks"),
        ({"kind": "transfer"}, "choose one"),
        ({"amount": "0.00"}, "above zero"),
        ({"amount": "1.234"}, "."),
        ({"amount": 12}, "as the form asks"),
        ({"note": "x" * 501}, "longer than 500"),
    ],
)
def test_what_cannot_be_is_refused_and_named(more: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        read_templates({"templates": [template(**more)]}, PLACES)
    assert {one.field for one in refused.value.problems} == {"file"}
    assert refused.value.text.startswith("The template 1")


def test_template_without_a_name_is_told_by_its_place() -> None:
    with pytest.raises(InvalidInput, match="The template 1 cannot come in"):
        read_templates({"templates": [template(name=["x"])]}, PLACES)


def test_two_templates_of_one_name_are_refused() -> None:
    said = {"templates": [template(), template(name="LUNCH")]}
    with pytest.raises(InvalidInput, match=r"LUNCH cannot come in\. Another template"):
        read_templates(said, PLACES)


def test_there_is_an_end_to_templates() -> None:
    many = [template(name=f"Lunch {n}") for n in range(101)]
    with pytest.raises(InvalidInput, match="“templates” holds more than 100"):
        read_templates({"templates": many}, PLACES)
