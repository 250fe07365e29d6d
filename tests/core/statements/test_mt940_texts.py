"""The three ways in which banks write the text of a transaction."""

import pytest

from fintrack.core.statements.mt940_texts import Details, read_details


@pytest.mark.parametrize(
    ("lines", "details"),
    [
        (["Card payment", "Coffee"], Details(text="Card payment Coffee")),
        (
            ["105?00DEBIT?20EREF+R1?21SVWZ+Gas ", "and power?32WOR?33KS"],
            Details("WORKS", "Gas and power", "R1"),
        ),
        (["166?00PAY?20plain words?32A"], Details("A", "plain words")),
        (["166?00FEE?20EREF+NOTPROVIDED"], Details("", "FEE", "")),
        (["105/00DEBIT"], Details(text="105/00DEBIT")),
        (
            ["/TRTP/SEPA/NAME/J DE VR", "IES/REMI/USTD//rent/EREF/E1"],
            Details("J DE VRIES", "rent", "E1"),
        ),
        (
            ["/CNTP/NL1/RABONL2U/ACME BV/TOWN/REMI/invoice/"],
            Details("ACME BV", "invoice", ""),
        ),
        ([], Details()),
    ],
)
def test_text_is_cut_as_its_bank_cuts(lines: list[str], details: Details) -> None:
    assert read_details(lines) == details
