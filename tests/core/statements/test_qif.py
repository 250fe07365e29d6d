"""QIF gives the records of every account, and says what it leaves out."""

import pytest

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.entries import Item
from fintrack.core.statements.place_names import account_name, category_name
from fintrack.core.statements.qif import MAX_LINES, parse_qif
from tests.core.statements.items import asides, entries


def _parse(text: str) -> list[Item]:
    return list(parse_qif(opener_of(text.encode()), "utf-8-sig"))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3/ 2'26", "3/2/2026"),
        ("3/2' 6", "3/2/2006"),
        ("03/02'2026", "03/02/2026"),
        ("31.01.2026", "31.01.2026"),
    ],
)
def test_quickens_own_days_are_plain_days(written: str, day: str) -> None:
    (entry,) = entries(_parse(f"!Type:Bank\nD{written}\nT1\n^\n"))
    assert entry.day == day


@pytest.mark.parametrize("kind", ["Bank", "Cash", "CCard", "Oth A", "Oth L"])
def test_every_type_of_account_is_read(kind: str) -> None:
    (entry,) = entries(_parse(f"!Type:{kind}\nD1/2/26\nU-1.00\nPx\nN7\n^\n"))
    assert (entry.part, entry.amount, entry.reference) == (kind.lower(), "-1.00", "7")


@pytest.mark.parametrize(
    ("action", "is_out"), [("Buy", True), ("Sell", False), ("Div", False), ("", False)]
)
def test_action_on_shares_has_its_direction(action: str, *, is_out: bool) -> None:
    (entry,) = entries(_parse(f"!Type:Invst\nD1/2/26\nN{action}\nYFund\nT9\n^\n"))
    assert (entry.is_out, entry.payee) == (is_out, "Fund")


@pytest.mark.parametrize("action", ["BuyX", "ReinvDiv", "ShrsIn", "Buy"])
def test_action_without_money_is_left_out(action: str) -> None:
    amount = "" if action == "Buy" else "T9\n"
    items = _parse(f"!Type:Invst\nD1/2/26\nN{action}\n{amount}^\n")
    assert asides(items) == ["This moves no money in this account."]


def test_unknown_action_is_doubtful() -> None:
    (item,) = _parse("!Type:Invst\nD1/2/26\nNFoo\nT9\n^\n")
    assert item[3] is True


def test_opening_balance_is_no_transaction_but_only_as_the_first() -> None:
    row = "D1/2/26\nT5\nPOpening Balance\n^\n"
    items = _parse(f"!Type:Bank\n{row}{row}")
    assert (len(entries(items)), len(asides(items))) == (1, 1)


def test_last_record_may_lack_its_end_but_not_its_amount() -> None:
    assert len(entries(_parse("!Type:Bank\nD1/2/26\nT5\n"))) == 1
    (reason,) = asides(_parse("!Type:Bank\nD1/2/26\nPx\n"))
    assert "ends too early" in reason


def test_record_without_end_is_refused() -> None:
    with pytest.raises(InvalidInput, match="more than"):
        _parse("!Type:Bank\n" + "Sx\n" * (MAX_LINES + 1))


@pytest.mark.parametrize("kind", ["CCard", "Invst"])
def test_records_of_another_type_are_of_another_account(kind: str) -> None:
    record = "D1/2/26\nT5\n^\n"
    named = f"!Account\nNGiro\nTBank\n^\n!Type:Bank\n{record}"
    lists = "!Type:Cat\nNFood\n^\n"
    items = _parse(f"{named}{lists}!Type:Bank\n{record}!Type:{kind}\n{record}")
    parts = [entry.part for entry in entries(items)]
    assert parts == ["Giro", "Giro", kind.lower()]


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ("", ()),
        ("L/Trip\n", ()),
        ("L:\n", ()),
        ("L[]\n", ()),
        ("LFood:\n", ((category_name("Food"), ""),)),
        ("LFood:Snacks/Trip\n", ((category_name("Food:Snacks"), ""),)),
        ("L[Visa]/Trip\n", ((account_name("Visa"), ""),)),
        (
            "LFood\nSFood\nEmemo\n$-3\nS[Visa]\n$-2\n",
            ((category_name("Food"), "-3"), (account_name("Visa"), "-2")),
        ),
    ],
)
def test_record_names_where_its_money_went(lines: str, places: object) -> None:
    (entry,) = entries(_parse(f"!Type:Bank\nD1/2/26\nT-5\n{lines}^\n"))
    assert entry.places == places
