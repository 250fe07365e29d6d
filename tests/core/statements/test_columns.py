"""Columns are known by name in many languages, or by their cells."""

import pytest

from fintrack.core.statements.column_names import Role
from fintrack.core.statements.columns import (
    currency_of_header,
    find_roles,
    names_side,
    role_of_header,
)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Buchungstag", Role.DATE), ("Transaction Date", Role.DATE),
        ("Date opération", Role.DATE), ("Fecha", Role.DATE),
        ("İşlem Tarihi", Role.DATE),
        ("#Data operacji", Role.DATE), ("Wertstellung", Role.VALUE_DATE),
        ("Betrag (€)", Role.AMOUNT), ("Kwota w PLN", Role.AMOUNT),
        ("Tutar (TL)", Role.AMOUNT), ("Paid out (£)", Role.DEBIT),
        ("Débit euros", Role.DEBIT), ("Entrate", Role.CREDIT), ("Alacak", Role.CREDIT),
        ("Af Bij", Role.SIGN), ("Soll/Haben", Role.SIGN), ("Saldo", Role.BALANCE),
        ("Bakiye", Role.BALANCE), ("Running Bal.", Role.BALANCE),
        ("Währung", Role.CURRENCY), ("Verwendungszweck", Role.DESCRIPTION),
        ("Açıklama", Role.DESCRIPTION), ("Libellé", Role.DESCRIPTION),
        ("Descrição", Role.DESCRIPTION), ("Dekont No", Role.REFERENCE),
        ("State", Role.STATE), ("Foo", Role.IGNORE), ("", Role.IGNORE),
        ("Belopp", Role.AMOUNT), ("Beløb", Role.AMOUNT), ("Částka", Role.AMOUNT),
        ("Внесено", Role.IGNORE), ("Приход", Role.CREDIT), ("Расход", Role.DEBIT),
        ("Inn på konto", Role.CREDIT), ("Ut fra konto", Role.DEBIT),
        ("Withdrawal (-)", Role.DEBIT), ("Deposits (SGD)", Role.CREDIT),
        ("Paid In (EUR)", Role.CREDIT), ("Saldos (R$)", Role.BALANCE),
        ("Description 2", Role.DESCRIPTION), ("VWZ14", Role.DESCRIPTION),
        ("Date 2", Role.IGNORE), ("Message for payee", Role.DESCRIPTION),
        ("CreditDebet", Role.SIGN), ("Namn", Role.PAYEE), ("Note", Role.DESCRIPTION),
    ],
)  # fmt: skip
def test_header_names_its_role(header: str, role: Role) -> None:
    assert role_of_header(header) is role


def test_currency_stands_behind_the_name() -> None:
    assert currency_of_header("Betrag (€)") == "EUR"
    assert currency_of_header("Tutar (TL)") == "TRY"
    assert currency_of_header("Amount") == ""
    assert currency_of_header("Valor (R$)") == "BRL"
    assert currency_of_header("Withdrawals (SGD)") == "SGD"


@pytest.mark.parametrize(
    ("cell", "role"), [("01.02.2026", Role.VALUE_DATE), ("EUR", Role.CURRENCY)]
)
def test_valuta_is_a_day_or_a_currency_as_its_cells_say(cell: str, role: Role) -> None:
    header = ("Datum", "Valuta", "Betrag")
    assert find_roles(header, [["01.02.2026", cell, "1,00"]], 3)[1] is role


def test_columns_without_names_are_known_by_their_cells() -> None:
    rows = [
        ["01.02.2026", "Shop in town", "77", "-1,00", "EUR"],
        ["02.02.2026", "Work", "78", "2,00", "EUR"],
    ]
    roles = (Role.DATE, Role.DESCRIPTION, Role.IGNORE, Role.AMOUNT, Role.CURRENCY)
    assert find_roles((), rows, 5) == roles


def test_sign_column_counts_only_beside_amounts_without_minus() -> None:
    header = ("Date", "Direction", "Amount")
    assert find_roles(header, [["1/2/2026", "DR", "1.00"]], 3)[1] is Role.SIGN
    assert find_roles(header, [["1/2/2026", "DR", "-1.00"]], 3)[1] is Role.IGNORE


def test_amount_of_the_purchase_abroad_is_not_the_accounts() -> None:
    header = ("Date", "Original Amount", "Amount (EUR)", "Original Currency")
    roles = find_roles(header, [["1/2/2026", "5.00", "4.00", "USD"]], 4)
    assert roles == (Role.DATE, Role.IGNORE, Role.AMOUNT, Role.IGNORE)


def test_in_and_out_beside_a_signed_amount_are_not_counted_twice() -> None:
    header = ("Date", "Amount", "Money Out", "Money In")
    roles = find_roles(header, [["1/2/2026", "-5.00", "-5.00", ""]], 4)
    assert roles == (Role.DATE, Role.AMOUNT, Role.IGNORE, Role.IGNORE)


def test_sign_column_counts_where_it_says_the_opposite_of_every_sign() -> None:
    header = ("Date", "Type", "Description", "Amount")
    card = [
        ["1/2/2026", "DEBIT", "Shop", "8.50"],
        ["1/3/2026", "CREDIT", "Me", "-9.00"],
    ]
    bank = [
        ["1/2/2026", "DEBIT", "Shop", "-8.50"],
        ["1/3/2026", "CREDIT", "Me", "9.00"],
    ]
    assert find_roles(header, card, 4)[1] is Role.SIGN
    assert find_roles(header, bank, 4)[1] is Role.IGNORE


def test_filled_column_is_preferred_to_an_empty_one_of_the_same_name() -> None:
    header = ("Date", "Amount", "Counterparty", "Name")
    roles = find_roles(header, [["1/2/2026", "5.00", " ", "Shop"]], 4)
    assert roles[2:] == (Role.IGNORE, Role.PAYEE)


def test_account_of_the_other_side_is_not_its_name() -> None:
    header = ("Date", "Amount", "Tegenpartij", "Name")
    roles = find_roles(header, [["1/2/2026", "5.00", "NL00BUNQ0000000000", "Shop"]], 4)
    assert roles[2:] == (Role.IGNORE, Role.PAYEE)


def test_details_that_only_say_in_or_out_are_no_description() -> None:
    header = ("Details", "Date", "Description", "Amount")
    roles = find_roles(header, [["DEBIT", "1/2/2026", "Shop", "-5.00"]], 4)
    assert roles[0] is Role.IGNORE


def test_names_above_empty_columns_do_not_hide_the_amounts() -> None:
    header = ("Date", "City", "Country", "Amount")
    roles = find_roles(header, [["1/2/2026", "Shop", "-5.00", ""]], 4)
    assert roles[2:] == (Role.AMOUNT, Role.IGNORE)


def test_fee_is_not_taken_off_a_net_amount_again() -> None:
    header = ("Date", "Name", "Gross", "Fee", "Net")
    roles = find_roles(header, [["1/2/2026", "Shop", "10.00", "-0.50", "9.50"]], 5)
    assert roles[2:] == (Role.IGNORE, Role.IGNORE, Role.AMOUNT)


def test_fee_is_in_a_total() -> None:
    header = ("Date", "Subtotal (AUD)", "Fee (AUD)", "Total (AUD)")
    roles = find_roles(header, [["1/2/2026", "-5.00", "-0.50", "-5.50"]], 4)
    assert roles[1:] == (Role.IGNORE, Role.IGNORE, Role.AMOUNT)


def test_side_is_named_by_a_header_or_by_none() -> None:
    assert names_side("Zahlungsbetrag ausgehend")
    assert names_side("Soll")
    assert not names_side("Amount")


def test_side_in_a_name_counts_more_than_the_word_amount() -> None:
    header = ("Date", "Withdrawal Amount (INR )", "Deposit Amount (INR )")
    rows = [["1/2/2026", "5.00", "0.00"], ["2/2/2026", "0.00", "7.00"]]
    assert find_roles(header, rows, 3)[1:] == (Role.DEBIT, Role.CREDIT)


def test_fee_of_a_purchase_of_shares_is_in_its_amount() -> None:
    header = ("Date", "Price ($)", "Quantity", "Fees ($)", "Amount ($)")
    roles = find_roles(header, [["1/2/2026", "5.00", "2", "0.10", "-10.10"]], 5)
    assert roles[1:] == (Role.IGNORE, Role.IGNORE, Role.IGNORE, Role.AMOUNT)


def test_second_name_of_the_other_side_tells_what_the_first_does_not() -> None:
    header = ("Date", "Amount", "Counterparty", "Merchant")
    rows = [["1/2/2026", "5.00", "Work", ""], ["2/2/2026", "-5.00", "", "Shop"]]
    assert find_roles(header, rows, 4)[2:] == (Role.PAYEE, Role.DESCRIPTION)


def test_only_marks_of_money_in_leave_the_others_out() -> None:
    header = ("Date", "Text", "Amount", "Billing")
    card = [["1/2/2026", "Shop", "5.00", ""], ["2/2/2026", "Me", "9.00", "CR"]]
    bank = [["1/2/2026", "Work", "5.00", ""], ["2/2/2026", "Shop", "9.00", "DR"]]
    assert find_roles(header, card, 4)[3] is Role.SIGN
    assert find_roles(header, bank, 4)[3] is Role.IGNORE


@pytest.mark.parametrize("header", ["Currency", "Coin"])
def test_column_of_coins_is_a_currency_by_its_name_alone(header: str) -> None:
    cells = [["2026-02-01", "USDT", "1.00"], ["2026-02-02", "DOGE", "2.00"]]
    roles = find_roles(("Date", header, "Amount"), cells, 3)
    assert roles[1] is Role.CURRENCY
    assert find_roles(("Date", "", "Amount"), cells, 3)[1] is not Role.CURRENCY
