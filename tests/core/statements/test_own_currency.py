"""Of an amount in two currencies the one of the account is taken."""

from fintrack.core.statements.column_names import Role
from fintrack.core.statements.own_currency import keep_own_amount, settle_currency

PAIRS = [Role.DATE, Role.AMOUNT, Role.CURRENCY, Role.AMOUNT, Role.CURRENCY]
DAYS = ["1.1.2026", "2.1.2026"]


def test_amount_whose_currency_never_changes_is_the_accounts() -> None:
    roles = [*PAIRS]
    keep_own_amount(
        roles, [DAYS, ["5", "6"], ["EUR", "RUB"], ["500", "6"], ["RUB"] * 2]
    )
    assert roles == [PAIRS[0], Role.IGNORE, Role.IGNORE, Role.AMOUNT, Role.CURRENCY]


def test_first_amount_stays_where_both_or_neither_could_be_meant() -> None:
    for second in (["RUB", "RUB"], ["EUR", "RUB"]):
        roles = [*PAIRS]
        keep_own_amount(roles, [DAYS, ["5", "6"], second, ["500", "6"], second])
        assert roles == PAIRS


def test_currency_beside_the_amount_is_its_own() -> None:
    roles = [Role.DATE, Role.CURRENCY, Role.AMOUNT, Role.IGNORE]
    settle_currency(roles, "", [DAYS, ["EUR"], ["5"], ["USD"]], [True] * 4)
    assert roles == [Role.DATE, Role.IGNORE, Role.AMOUNT, Role.CURRENCY]


def test_currency_of_a_purchase_abroad_is_left_out() -> None:
    roles = [Role.DATE, Role.CURRENCY, Role.AMOUNT, Role.IGNORE]
    settle_currency(roles, "", [DAYS, ["EUR"], ["5"], ["USD"]], [True] * 3 + [False])
    assert roles[1] is Role.CURRENCY


def test_name_of_the_amount_is_believed_before_another_currency() -> None:
    roles = [Role.DATE, Role.AMOUNT, Role.CURRENCY]
    settle_currency(roles, "UAH", [DAYS, ["5", "6"], ["EUR", "UAH"]], [True] * 3)
    assert roles[2] is Role.IGNORE
    roles = [Role.DATE, Role.AMOUNT, Role.CURRENCY]
    settle_currency(roles, "UAH", [DAYS, ["5", "6"], ["UAH", "UAH"]], [True] * 3)
    assert roles[2] is Role.CURRENCY
