"""Statements as OFX and QFX: bank, card and investment accounts.

Open Financial Exchange 1.x (SGML) and 2.x (XML), chapters 11 (banking) and 13
(investments). QFX is OFX with marks of one program. An investment moves the money of
its account by ``TOTAL``; what only moves shares is shown and left out.
"""

from collections.abc import Iterable, Iterator

from fintrack.core.errors import Problem
from fintrack.core.statements.encoding import Opener, read_pieces
from fintrack.core.statements.entries import TRUNCATED, Aside, Entry, Item, Stated
from fintrack.core.statements.ofx_tags import Tag, read_tags
from fintrack.core.statements.storable import NAMELESS, part_name

NO_MONEY = Problem("This moves shares and no money.")
MAX_FIELDS = 200

_STATEMENTS = frozenset(["STMTRS", "CCSTMTRS", "INVSTMTRS"])
_INVESTMENTS = frozenset(
    ("BUYDEBT", "BUYMF", "BUYOPT", "BUYOTHER", "BUYSTOCK", "CLOSUREOPT", "INCOME",
     "INVEXPENSE", "JRNLFUND", "JRNLSEC", "MARGININTEREST", "REINVEST", "RETOFCAP",
     "SELLDEBT", "SELLMF", "SELLOPT", "SELLOTHER", "SELLSTOCK", "SPLIT", "TRANSFER")
)  # fmt: skip
_TRANSACTIONS = _INVESTMENTS | {"STMTTRN"}
# A reinvested dividend never touches the money of the account, though it has a total.
_SHARES_ONLY = frozenset(["REINVEST", "TRANSFER", "SPLIT", "JRNLSEC"])
_ENDS = _STATEMENTS | {"BANKTRANLIST", "INVTRANLIST", "OFX"}
_BEGINS = _TRANSACTIONS | _STATEMENTS | {"LEDGERBAL", "AVAILBAL"}
_OTHER_CURRENCY = "ORIGCURRENCY"


def parse_ofx(open_file: Opener, encoding: str) -> Iterator[Item]:
    """Every transaction and closing balance, in the order of the file.

    Raises InvalidInput for a document type and for a text without end.
    """
    return _Reader().items(read_tags(read_pieces(open_file, encoding)))


class _Reader:
    """Where in the file the tags are; one transaction or balance is open at most."""

    def __init__(self) -> None:
        self._part = NAMELESS
        self._currency = ""
        self._open = ""
        self._fields: dict[str, str] = {}
        self._raw: list[str] = []
        self._last = ""
        self._sum_of = ""
        self._is_ended = False

    def items(self, tags: Iterable[Tag]) -> Iterator[Item]:
        for tag in tags:
            if tag.name in _BEGINS and not tag.closes:
                yield from self._close()
                self._begin(tag.name)
            elif not tag.closes:
                self._hear(tag)
            elif tag.name == self._open or tag.name in _ENDS:
                # Some banks forget to close: what comes next closes what was open.
                yield from self._close()
                self._is_ended = self._is_ended or tag.name == "OFX"
        if self._open:
            yield Aside(self._part, tuple(self._raw), TRUNCATED, is_doubtful=True)
        elif not self._is_ended:
            yield Aside("", (), TRUNCATED, is_doubtful=True)

    def _begin(self, name: str) -> None:
        if name in _STATEMENTS:
            self._part, self._currency = NAMELESS, ""
            name = ""
        self._open, self._fields, self._raw = name, {}, []
        self._last = self._sum_of = ""

    def _hear(self, tag: Tag) -> None:
        if not tag.name:
            self._continue(tag.text)
        elif self._open:
            self._keep(tag)
        elif tag.name == "CURDEF":
            self._currency = tag.text
        elif tag.name == "ACCTID" and self._part == NAMELESS:
            self._part, self._last = part_name(tag.text), tag.name

    def _keep(self, tag: Tag) -> None:
        self._last = tag.name
        if tag.name in ("CURRENCY", _OTHER_CURRENCY):
            self._sum_of = tag.name
        elif tag.name == "CURSYM" and self._sum_of == _OTHER_CURRENCY:
            # The amount is in the account's own currency then.
            self._last = _OTHER_CURRENCY
        if tag.text and len(self._raw) < MAX_FIELDS:
            self._raw.append(f"{tag.name} {tag.text}")
            self._fields.setdefault(self._last, tag.text)

    def _continue(self, text: str) -> None:
        """A CDATA section is the text of the tag before it."""
        if self._open and self._last and text.strip():
            self._fields.setdefault(self._last, text.strip())
            self._raw.append(f"{self._last} {text.strip()}")
        elif self._last == "ACCTID" and not self._open:
            self._part = part_name(text)

    def _close(self) -> Iterator[Item]:
        name, self._open = self._open, ""
        if name == "LEDGERBAL":
            yield self._balance()
        elif name in _SHARES_ONLY or (
            name in _INVESTMENTS and "TOTAL" not in self._fields
        ):
            yield Aside(self._part, tuple(self._raw), NO_MONEY)
        elif name in _TRANSACTIONS:
            yield self._entry(name)

    def _entry(self, name: str) -> Entry:
        told = self._fields.get
        amount = told("TRNAMT", "") if name == "STMTTRN" else told("TOTAL", "")
        day = told("DTPOSTED") or told("DTTRADE") or told("DTSETTLE") or ""
        return Entry(
            self._part,
            tuple(self._raw),
            day[: len("20260131")],
            _pointed(amount),
            currency=told("CURSYM") or self._currency,
            payee=told("NAME", ""),
            description=told("MEMO", ""),
            reference=told("CHECKNUM") or told("REFNUM") or "",
            bank_id=told("FITID", ""),
        )

    def _balance(self) -> Stated:
        return Stated(
            self._part,
            self._fields.get("DTASOF", "")[: len("20260131")],
            _pointed(self._fields.get("BALAMT", "")),
            is_out=False,
            currency=self._currency,
            is_opening=False,
        )


def _pointed(amount: str) -> str:
    """OFX knows no thousands, and a comma as well as a point before decimals."""
    return amount if "." in amount else amount.replace(",", ".", 1)
