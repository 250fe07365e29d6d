"""CAMT.053 gives its entries, payment by payment where it tells them."""

from fintrack.core.statements.camt import parse_camt
from fintrack.core.statements.encoding import opener_of
from fintrack.core.statements.entries import Item
from tests.core.statements.items import asides, entries, stated

ACCOUNT = "<Acct><Id><IBAN>DE1</IBAN></Id><Ccy>EUR</Ccy></Acct>"


def _amount(amount: str) -> str:
    return f'<Amt Ccy="EUR">{amount}</Amt>'


def _parse(inner: str, end: str = "</Stmt></BkToCstmrStmt></Document>") -> list[Item]:
    text = f"<Document><BkToCstmrStmt><Stmt>{ACCOUNT}{inner}{end}"
    return list(parse_camt(opener_of(text.encode())))


def _entry(inner: str, amount: str = "3.00", side: str = "DBIT") -> str:
    day = "<BookgDt><Dt>2026-02-03</Dt></BookgDt>"
    head = f"{_amount(amount)}<CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts>{day}"
    return f"<Ntry>{head}{inner}</Ntry>"


def test_booking_of_two_payments_is_told_payment_by_payment() -> None:
    one = f"<TxDtls><Refs><AcctSvcrRef>1</AcctSvcrRef></Refs>{_amount('1.00')}</TxDtls>"
    two = one.replace(">1<", ">2<").replace("1.00", "2.00")
    found = entries(_parse(_entry(f"<NtryDtls>{one}{two}</NtryDtls>")))
    assert [(e.amount, e.bank_id, e.is_out) for e in found] == [
        ("1.00", "1", True),
        ("2.00", "2", True),
    ]


def test_booking_whose_payments_do_not_add_up_stays_one() -> None:
    one = f"<TxDtls>{_amount('1.00')}</TxDtls>"
    (entry,) = entries(_parse(_entry(f"<NtryDtls>{one}{one}</NtryDtls>")))
    assert entry.amount == "3.00"


def test_other_side_is_the_debtor_of_money_in() -> None:
    parties = "<Dbtr><Nm>Payer</Nm></Dbtr><Cdtr><Nm>Payee</Nm></Cdtr>"
    inner = f"<NtryDtls><TxDtls><RltdPties>{parties}</RltdPties></TxDtls></NtryDtls>"
    names = [entries(_parse(_entry(inner, side=s)))[0].payee for s in ("CRDT", "DBIT")]
    assert names == ["Payer", "Payee"]


def test_pending_entry_is_left_out() -> None:
    assert asides(_parse(_entry("").replace("BOOK", "PDNG"))) == [
        "The bank marks this as “{value}”."
    ]


def test_balances_say_at_which_end_they_stand() -> None:
    def balance(code: str) -> str:
        kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        return f"<Bal>{kind}{_amount('5.00')}<CdtDbtInd>CRDT</CdtDbtInd></Bal>"

    items = _parse("".join(map(balance, ("OPBD", "CLAV", "CLBD"))))
    assert stated(items) == [("DE1", "5.00", True), ("DE1", "5.00", False)]


def test_torn_file_says_so_behind_its_last_whole_entry() -> None:
    items = _parse(_entry("") + "<Ntry>", end="")
    assert len(entries(items)) == 1
    (reason,) = asides(items)
    assert "damaged or ends too early" in reason
