"""Statements as CAMT.053 (ISO 20022) in any of its versions, and CAMT.052 alike.

``Stmt`` holds the account, its balances and its entries. The sign of an entry stands
in ``CdtDbtInd``, also for one that is a reversal. A booking of many payments in one is
told payment by payment where the file has the amount of each.
"""

from collections.abc import Iterator
from decimal import Decimal

from fintrack.core.amount_text import POINT, parse_money_text
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.statements.encoding import Opener
from fintrack.core.statements.entries import Aside, Entry, Item, Stated
from fintrack.core.statements.reader import NOT_FINAL
from fintrack.core.statements.storable import NAMELESS, part_name
from fintrack.core.statements.xml_stream import BrokenXml, Element, read_elements
from fintrack.core.text import message_id

DAMAGED = message_id(
    "The file is damaged or ends too early, in line {line}. Rows may be missing."
)
MAX_LEAVES = 200
_WANTED = frozenset(["Acct", "Bal", "Ntry"])
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_NO_REFERENCE = frozenset(["", "NOTPROVIDED", "NONREF"])
_BOOKED = frozenset(["", "BOOK"])


def parse_camt(open_file: Opener) -> Iterator[Item]:
    """Every entry and balance of every account, in the order of the file.

    Raises InvalidInput for a document type and for elements beyond the limits.
    """
    part, currency = NAMELESS, ""
    try:
        for element in read_elements(open_file, _WANTED):
            if element.name == "Acct":
                part, currency = _name(element), element.words("Ccy")
            elif element.name == "Bal":
                yield from _balance(element, part)
            else:
                yield from _entries(element, part, currency)
    except BrokenXml as broken:
        reason = Problem(DAMAGED, "file", (("line", str(broken.line)),))
        yield Aside("", (), reason, is_doubtful=True)


def _name(account: Element) -> str:
    found = account.words("Id", "IBAN") or account.words("Id", "Othr", "Id")
    return part_name(found)


def _balance(balance: Element, part: str) -> Iterator[Stated]:
    code = balance.words("Tp", "CdOrPrtry", "Cd")
    amount = balance.find("Amt")
    if amount is not None and code in _OPENING + _CLOSING:
        yield Stated(
            part,
            _day(balance, "Dt"),
            amount.text,
            _is_out(balance),
            amount.attributes.get("Ccy", ""),
            is_opening=code in _OPENING,
        )


def _entries(entry: Element, part: str, currency: str) -> Iterator[Item]:
    state = entry.words("Sts", "Cd") or entry.words("Sts")
    raw = _raw(entry)
    if state not in _BOOKED:
        reason = Problem(NOT_FINAL, "state", (("value", state[:80]),))
        yield Aside(part, raw, reason)
        return
    details = [d for all_ in entry.all("NtryDtls") for d in all_.all("TxDtls")]
    amounts = [_amount_of(detail, entry) for detail in details]
    if len(details) > 1 and _sum_up(amounts, entry.words("Amt")):
        for detail, amount in zip(details, amounts, strict=True):
            yield _row(entry, detail, part, currency)._replace(
                amount=amount, raw=(*raw[:4], *_raw(detail))
            )
    else:
        detail = details[0] if details else Element("TxDtls", {})
        yield _row(entry, detail, part, currency)._replace(raw=raw)


def _row(entry: Element, detail: Element, part: str, currency: str) -> Entry:
    is_out = _is_out(entry)
    amount = entry.find("Amt")
    parties = detail.find("RltdPties") or Element("RltdPties", {})
    other = "Cdtr" if is_out else "Dbtr"
    texts = [found.text for found in _remittance(detail)]
    return Entry(
        part,
        (),
        _day(entry, "BookgDt") or _day(entry, "ValDt"),
        entry.words("Amt"),
        is_out,
        (amount.attributes.get("Ccy", "") if amount else "") or currency,
        _party(parties, other) or _party(parties, f"Ultmt{other}"),
        " ".join(texts) or detail.words("AddtlTxInf") or entry.words("AddtlNtryInf"),
        _reference(detail),
        _bank_id(entry, detail),
    )


def _party(parties: Element, role: str) -> str:
    """The name, one level deeper from version 8 on."""
    return parties.words(role, "Nm") or parties.words(role, "Pty", "Nm")


def _remittance(detail: Element) -> list[Element]:
    information = detail.find("RmtInf")
    if information is None:
        return []
    free = information.all("Ustrd")
    structured = [
        found
        for part in information.all("Strd")
        if (found := part.find("CdtrRefInf", "Ref"))
    ]
    return free or structured


def _reference(detail: Element) -> str:
    for name in ("EndToEndId", "InstrId", "TxId"):
        text = detail.words("Refs", name)
        if text not in _NO_REFERENCE:
            return text
    return ""


def _bank_id(entry: Element, detail: Element) -> str:
    """The servicer's reference of the payment and of its booking, or the entry's."""
    found = [detail.words("Refs", "AcctSvcrRef"), entry.words("AcctSvcrRef")]
    found = [text for text in found if text not in _NO_REFERENCE]
    return "/".join(dict.fromkeys(found)) or entry.words("NtryRef")


def _day(element: Element, name: str) -> str:
    return element.words(name, "Dt") or element.words(name, "DtTm")[: len("2026-01-31")]


def _is_out(element: Element) -> bool:
    return element.words("CdtDbtInd") == "DBIT"


def _amount_of(detail: Element, entry: Element) -> str:
    """The amount of one payment, empty where it is in another currency or unknown."""
    booked = entry.find("Amt")
    currency = booked.attributes.get("Ccy") if booked else None
    paths = (("Amt",), ("AmtDtls", "TxAmt", "Amt"), ("AmtDtls", "InstdAmt", "Amt"))
    for path in paths:
        found = detail.find(*path)
        if found and currency and found.attributes.get("Ccy") == currency:
            return found.text.strip()
    return ""


def _sum_up(amounts: list[str], whole: str) -> bool:
    """Whether the payments are all of the booking."""
    try:
        total = parse_money_text(whole, style=POINT).amount
        parts = [parse_money_text(amount, style=POINT).amount for amount in amounts]
    except InvalidInput:
        return False
    return sum(parts, Decimal(0)) == total


def _raw(element: Element) -> tuple[str, ...]:
    leaves = [f"{name} {text}" for name, text in element.leaves()]
    return tuple(leaves[:MAX_LEAVES])
