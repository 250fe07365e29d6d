"""Headers in other scripts name their roles as those in Latin letters do."""

import pytest

from fintrack.core.statements.column_names import _WHOLE, Role
from fintrack.core.statements.columns import currency_of_header, role_of_header
from fintrack.core.statements.far_names import FAR_NAMES


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Kirjauspäivä", Role.DATE), ("Määrä EUROA", Role.AMOUNT),
        ("Дата i час операції", Role.DATE), ("Залишок після операції", Role.BALANCE),
        ("Ημερομηνία", Role.DATE), ("Χρέωση", Role.DEBIT), ("Υπόλοιπο", Role.BALANCE),
        ("Πρόσημο ποσού", Role.SIGN), ("Příjem", Role.CREDIT), ("Výdaj", Role.DEBIT),
        ("תאריך", Role.DATE), ("בזכות", Role.CREDIT), ("المبلغ", Role.AMOUNT),
        ("دائن", Role.CREDIT), ("利用店名・商品名", Role.PAYEE),
        ("お引出し", Role.DEBIT), ("ご利用日", Role.DATE),
        ("收/支", Role.SIGN), ("金额(元)", Role.AMOUNT),
        ("출금(원)", Role.DEBIT), ("거래후 잔액(원)", Role.BALANCE),
        ("Keterangan", Role.DESCRIPTION), ("Số dư", Role.BALANCE),
    ],
)  # fmt: skip
def test_header_in_another_script_names_its_role(header: str, role: Role) -> None:
    assert role_of_header(header) is role


@pytest.mark.parametrize(
    ("header", "currency"),
    [("金额(元)", "CNY"), ("残高(円)", "JPY"), ("입금(원)", "KRW")],
)
def test_currency_stands_behind_the_name_here_too(header: str, currency: str) -> None:
    assert currency_of_header(header) == currency


def test_every_name_is_told_once() -> None:
    tables = (FAR_NAMES, _WHOLE)
    names = [n.strip() for t in tables for ns in t.values() for n in ns.split("|")]
    far = [n.strip() for ns in FAR_NAMES.values() for n in ns.split("|")]
    assert sorted({name for name in far if names.count(name) > 1}) == []
