"""What a template may say, whatever the books hold."""

from dataclasses import replace

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.templates import (
    MAX_NAME,
    NewTemplate,
    TemplateKind,
    TemplateShare,
    check_template,
    clean_name,
)
from tests.books import money

LUNCH = NewTemplate(
    "  Lunch  out ", TemplateKind.EXPENSE, 1, payee=" The  Bar ", note=" n "
)
ASIDE = NewTemplate("Aside", TemplateKind.TRANSFER, 1, to_account_id=2)


def test_words_lose_needless_blanks() -> None:
    found = check_template(LUNCH)
    assert (found.name, found.payee, found.note) == ("Lunch out", "The Bar", "n")
    turned = check_template(replace(LUNCH, payee="\u202eBar", note="\u2066n"))
    assert (turned.payee, turned.note) == ("Bar", "n")


def test_amounts_and_categories_may_be_left_open() -> None:
    open_one = replace(LUNCH, shares=(TemplateShare(3), TemplateShare(4)))
    assert check_template(open_one).shares == open_one.shares
    assert check_template(ASIDE) == ASIDE


@pytest.mark.parametrize("name", ["", " ", "x" * (MAX_NAME + 1), "a\u202eb", "\u0301"])
def test_name_is_seen_and_not_too_long(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        clean_name(name)
    assert [found.field for found in caught.value.problems] == ["name"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(LUNCH, amount=money("0 EUR")), "amount"),
        (replace(LUNCH, amount=money("-1 EUR")), "amount"),
        (
            replace(LUNCH, shares=(TemplateShare(3, money("-1 EUR")),)),
            "shares.0.amount",
        ),
        (replace(LUNCH, shares=(TemplateShare(3),) * 100), "shares"),
        (replace(LUNCH, shares=(TemplateShare(3, memo="x" * 501),)), "shares.0.memo"),
        (replace(LUNCH, payee="x" * 501), "payee"),
        (replace(LUNCH, note="x\x00"), "note"),
        (replace(LUNCH, to_account_id=2), "to_account_id"),
        (replace(ASIDE, to_account_id=None), "to_account_id"),
        (replace(ASIDE, to_account_id=1), "to_account_id"),
        (replace(ASIDE, shares=(TemplateShare(3),)), "shares"),
    ],
)
def test_what_could_not_be_entered_is_refused(wrong: NewTemplate, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_template(wrong)
    assert [found.field for found in caught.value.problems] == [field]
