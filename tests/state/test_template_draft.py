"""A template fills the form, and the form makes a template, without a loss."""

from dataclasses import replace

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.templates import NewTemplate, TemplateKind, TemplateShare
from fintrack.services.templates.template_rows import ShareView, TemplateView
from fintrack.state.amounts import Reader
from fintrack.state.template_draft import (
    draft_of_template,
    read_template,
    template_row,
)
from fintrack.state.transaction_draft import Draft, Share
from tests.books import money

GERMAN = Reader("de")
CASH = {"1": "EUR"}
FOOD = ShareView(3, "Food", None, "soup", is_closed=False)
DRINKS = ShareView(4, "Drinks", money("3 EUR"), "", is_closed=False)
LUNCH = TemplateView(
    id=7,
    name="Lunch",
    kind=TemplateKind.EXPENSE,
    account_id=1,
    account_name="Cash",
    to_account_id=None,
    to_account_name="",
    amount=money("1234.50 EUR"),
    payee="Bar",
    note="n",
    shares=(FOOD,),
    tags=("noon", "work"),
    account_is_closed=False,
    target_is_closed=False,
    version=1,
)


@pytest.mark.parametrize("shares", [(), (FOOD,), (FOOD, DRINKS)])
@pytest.mark.parametrize("amount", [None, money("1234.50 EUR")])
def test_form_of_a_template_makes_the_same_template(
    shares: tuple[ShareView, ...], amount: object
) -> None:
    view = replace(LUNCH, shares=shares, amount=amount)
    draft, errors = draft_of_template(view, "18.11.2026", GERMAN)
    assert (errors, draft.on_date) == ({}, "18.11.2026")
    new = read_template(draft, "Lunch", CASH, GERMAN)
    assert new == NewTemplate(
        "Lunch",
        TemplateKind.EXPENSE,
        1,
        view.amount,
        payee="Bar",
        shares=tuple(TemplateShare(s.category_id, s.amount, s.memo) for s in shares),
        note="n",
        tags=("noon", "work"),
    )


def test_transfer_has_a_target_and_no_category() -> None:
    draft = Draft(kind="move", account="1", to_account="2", category="3")
    new = read_template(draft, "Aside", CASH, GERMAN)
    assert (new.kind, new.to_account_id, new.shares) == ("transfer", 2, ())


def test_what_is_closed_is_left_open_and_said_beside_its_field() -> None:
    closed = replace(FOOD, is_closed=True)
    gone = replace(LUNCH, shares=(closed,), account_is_closed=True)
    draft, errors = draft_of_template(gone, "", Reader())
    assert (draft.account, draft.category, draft.payee) == ("", "", "Bar")
    assert errors == {
        "account": "Cash is closed. Please choose another.",
        "category": "Food is closed. Please choose another.",
    }
    split = replace(LUNCH, shares=(DRINKS, closed))
    draft, errors = draft_of_template(split, "", Reader())
    assert set(errors) == {f"share_{draft.shares[1].key}"}
    aside = replace(
        LUNCH,
        kind=TemplateKind.TRANSFER,
        shares=(),
        to_account_id=2,
        to_account_name="Pot",
        target_is_closed=True,
    )
    draft, errors = draft_of_template(aside, "", Reader())
    assert (draft.kind, draft.to_account, set(errors)) == ("move", "", {"to_account"})


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft(account="1", amount="ten"), "amount"),
        (Draft(account="1", amount="-3"), "amount"),
        (Draft(account="", amount="3"), "account"),
        (Draft(account="1", kind="move"), "to_account"),
        (Draft(account="1", shares=[Share("a", "3"), Share("b")]), "share_b"),
        (Draft(account="1", shares=[Share("a", "3", "x"), Share("b", "4")]), "share_a"),
    ],
)
def test_what_cannot_be_read_is_found_beside_its_field(
    draft: Draft, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_template(draft, "x", CASH, GERMAN)
    assert {found.field for found in caught.value.problems} == {field}


def test_row_says_amount_places_and_what_is_closed() -> None:
    row = template_row(replace(LUNCH, amount=money("9 EUR")), Reader())
    assert row.detail == "\u2068€9.00\u2069 · Cash · Food"
    closed = replace(LUNCH, amount=None, shares=(FOOD, DRINKS), account_is_closed=True)
    row = template_row(closed, Reader())
    assert (row.detail, row.closed) == ("Cash · Split in 2", "Closed: Cash")
