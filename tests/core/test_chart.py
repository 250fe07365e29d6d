"""The chart: what people call accounts, and the default categories."""

from fintrack.core.chart import (
    ACCOUNT_KINDS,
    CATEGORY_KINDS,
    DEFAULT_TREE,
    UNCATEGORISED,
    AccountType,
    Kind,
)


def test_cards_and_loans_are_owed_and_all_else_is_owned() -> None:
    owed = {type_ for type_ in AccountType if type_.kind == Kind.LIABILITY}
    assert owed == {AccountType.CREDIT_CARD, AccountType.LOAN}
    assert {type_.kind for type_ in AccountType} == set(ACCOUNT_KINDS)


def test_default_tree_is_for_income_and_expense_with_distinct_names() -> None:
    assert set(DEFAULT_TREE) == set(CATEGORY_KINDS) == set(UNCATEGORISED)
    for kind, branches in DEFAULT_TREE.items():
        names = [UNCATEGORISED[kind], *(branch.name for branch in branches)]
        assert len(set(names)) == len(names)
        for branch in branches:
            assert len(set(branch.children)) == len(branch.children)
