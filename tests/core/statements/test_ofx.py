"""OFX gives its transactions, also where it is torn or carelessly written."""

import pytest

from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.entries import Aside, Item
from fintrack.core.statements.ofx import parse_ofx, skim_ofx
from tests.core.statements.items import asides, entries, stated

HEAD = "OFXHEADER:100\n<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>7</BANKACCTFROM>"
ROW = "<STMTTRN><DTPOSTED>20260203<TRNAMT>-2.50<FITID>f1<NAME>Baker"


def _parse(text: str) -> list[Item]:
    return list(parse_ofx(opener_of(text.encode()), "utf-8-sig"))


def test_transaction_has_its_bank_id() -> None:
    (entry,) = entries(_parse(f"{HEAD}{ROW}</STMTTRN></STMTRS></OFX>"))
    assert (entry.part, entry.currency, entry.bank_id) == ("7", "EUR", "f1")
    assert entry.raw == ("DTPOSTED 20260203", "TRNAMT -2.50", "FITID f1", "NAME Baker")


@pytest.mark.parametrize(
    ("written", "read"), [("-2,50", "-2.50"), ("+2.5", "+2.5"), ("1.234,5", "1.234,5")]
)
def test_comma_is_a_decimal_mark_unless_both_are_used(written: str, read: str) -> None:
    row = ROW.replace("-2.50", written)
    (entry,) = entries(_parse(f"{HEAD}{row}</STMTTRN></OFX>"))
    assert entry.amount == read


def test_transactions_that_are_not_closed_are_all_there() -> None:
    items = _parse(f"{HEAD}{ROW}{ROW}<LEDGERBAL><BALAMT>5</LEDGERBAL></STMTRS></OFX>")
    assert len(entries(items)) == 2
    assert stated(items) == [("7", "5", False)]


def test_available_balance_is_not_the_balance() -> None:
    text = f"{HEAD}<AVAILBAL><BALAMT>9</AVAILBAL><LEDGERBAL><BALAMT>5</LEDGERBAL></OFX>"
    assert stated(_parse(text)) == [("7", "5", False)]


def test_torn_file_says_that_a_row_may_be_missing() -> None:
    for torn in (f"{HEAD}{ROW}</STMTTRN>", f"{HEAD}{ROW}"):
        (reason,) = asides(_parse(torn))
        assert "ends too early" in reason


def test_account_of_the_other_side_is_not_the_account_of_the_file() -> None:
    row = f"{ROW}<BANKACCTTO><ACCTID>9</BANKACCTTO></STMTTRN>"
    assert [e.part for e in entries(_parse(f"{HEAD}{row}{row}</OFX>"))] == ["7", "7"]


def test_investment_moves_money_by_its_total_only() -> None:
    buy = "<BUYSTOCK><FITID>1<DTTRADE>20260203<TOTAL>-9.00</BUYSTOCK>"
    moved = "<TRANSFER><FITID>2<DTTRADE>20260203<UNITS>5</TRANSFER>"
    items = _parse(f"{HEAD}<INVTRANLIST>{buy}{moved}</INVTRANLIST></OFX>")
    assert [entry.amount for entry in entries(items)] == ["-9.00"]
    assert asides(items) == ["This moves shares and no money."]


def test_original_currency_is_not_that_of_the_amount() -> None:
    for name, currency in (("CURRENCY", "USD"), ("ORIGCURRENCY", "EUR")):
        row = f"{ROW}<{name}><CURSYM>USD</{name}></STMTTRN>"
        (entry,) = entries(_parse(f"{HEAD}{row}</OFX>"))
        assert entry.currency == currency


def test_cdata_names_the_account_and_its_currency() -> None:
    text = (
        "<OFX><STMTRS><CURDEF><![CDATA[EUR]]></CURDEF><ACCTID><![CDATA[7]]></ACCTID>"
        f"<ACCTTYPE><![CDATA[CHECKING]]></ACCTTYPE>{ROW}<MEMO><![CDATA[a < b]]></MEMO>"
        "</STMTTRN></STMTRS></OFX>"
    )
    (entry,) = entries(_parse(text))
    assert (entry.part, entry.currency) == ("7", "EUR")
    assert (entry.description, entry.raw[-1]) == ("a < b", "MEMO a < b")


@pytest.mark.parametrize(
    "rows",
    [
        f"{ROW}{ROW}</STMTTRN>",
        f"{ROW}<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY></STMTTRN>{ROW}",
        f"{ROW}<ORIGCURRENCY><CURSYM>USD</ORIGCURRENCY></STMTTRN>",
        f"{ROW}<CURRENCY><CURSYM></CURSYM></CURRENCY><MEMO><![CDATA[x]]></STMTTRN>",
        "<BUYSTOCK><FITID>1<TOTAL>-9.00</BUYSTOCK><TRANSFER><TOTAL>1</TRANSFER>",
        f"<BUYSTOCK><FITID>1</BUYSTOCK>{ROW}</STMTTRN><LEDGERBAL><BALAMT>5</LEDGERBAL>",
        f"</STMTRS><CCSTMTRS><CURDEF>USD<BANKID><![CDATA[8]]><ACCTID>9{ROW}</STMTTRN>",
    ],
)
@pytest.mark.parametrize("end", ["</STMTRS></OFX>", ""])
def test_skimming_tells_the_same_accounts_currencies_and_kinds(
    rows: str, end: str
) -> None:
    text = f"{HEAD}{rows}{end}"
    skimmed = skim_ofx(opener_of(text.encode()), "utf-8-sig")
    assert list(map(_kind, skimmed)) == list(map(_kind, _parse(text)))


def _kind(item: Item) -> tuple[object, ...]:
    told = (item.reason, item.is_doubtful) if isinstance(item, Aside) else item.currency
    return type(item), item.part, told
