"""Statements as OFX and QFX: bank, card and investment accounts.

Open Financial Exchange 1.x (SGML) and 2.x (XML), chapters 11 (banking) and 13
(investments). QFX is OFX with marks of one program. An investment moves the money of
its account by ``TOTAL``; what only moves shares is shown and left out.
"""

from collections.abc import Callable, Iterable, Iterator

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
_BEGINS = _TRANSACTIONS | _STATEMENTS | {"LEDGERBAL", "AVAILBAL"}
# These close whatever is open.
_ENDS = frozenset(
    f"/{name}" for name in (*_STATEMENTS, "BANKTRANLIST", "INVTRANLIST", "OFX")
)
_TURNS = _BEGINS | _ENDS | {f"/{name}" for name in _BEGINS}
_OTHER_CURRENCY = "ORIGCURRENCY"
_TOLD = ("CURDEF", "ACCTID", "CURRENCY", _OTHER_CURRENCY, "CURSYM", "TOTAL")
# With what closes them, lest the text of another tag behind them be taken for theirs.
_SKIMMED = _TURNS.union(_TOLD, [f"/{name}" for name in _TOLD])


def parse_ofx(open_file: Opener, encoding: str) -> Iterator[Item]:
    """Every transaction and closing balance, in the order of the file.

    Raises InvalidInput for a document type and for a text without end.
    """
    return _items(open_file, encoding, _is_told)


def skim_ofx(open_file: Opener, encoding: str) -> Iterator[Item]:
    """The same items, in which nothing but their account and their currency is told.

    Raises what ``parse_ofx`` raises.
    """
    return _items(open_file, encoding, _SKIMMED.__contains__)


def _items(
    open_file: Opener, encoding: str, is_wanted: Callable[[str], bool]
) -> Iterator[Item]:
    pieces = read_pieces(open_file, encoding)
    return _Reader().items(read_tags(pieces, is_wanted))


def _is_told(name: str) -> bool:
    """XML closes every text, which says nothing."""
    return name in _TURNS or not name.startswith("/")


class _Reader:
    """Where in the file the tags are; one transaction or balance is open at most."""

    def __init__(self) -> None:
        self._part = NAMELESS
        self._currency = ""
        self._open = ""
        self._last = ""
        self._held: list[Tag] = []
        self._is_ended = False

    def items(self, tags: Iterable[Tag]) -> Iterator[Item]:
        for tag in tags:
            name = tag[0]
            if name in _TURNS:
                if item := self._turn(name):
                    yield item
            elif not self._open:
                self._hear(*tag)
            elif len(self._held) < MAX_FIELDS:
                self._held.append(tag)
        if self._open:
            yield Aside(self._part, _told(self._held)[0], TRUNCATED, is_doubtful=True)
        elif not self._is_ended:
            yield Aside("", (), TRUNCATED, is_doubtful=True)

    def _turn(self, name: str) -> Item | None:
        """What a tag ends, if anything; it may begin the next."""
        if name in _BEGINS:
            # Some banks forget to close: what comes next closes what was open.
            item = self._close()
            self._begin(name)
            return item
        self._is_ended = self._is_ended or name == "/OFX"
        return self._close() if name in _ENDS or name[1:] == self._open else None

    def _begin(self, name: str) -> None:
        self._held, self._last = [], ""
        if name in _STATEMENTS:
            self._part, self._currency, name = NAMELESS, "", ""
        self._open = name

    def _hear(self, name: str, text: str) -> None:
        """Which account it is; a CDATA section is the text of the tag before it."""
        self._last = name or self._last
        if self._last == "CURDEF":
            self._currency = self._currency or text
        elif self._last == "ACCTID" and self._part == NAMELESS:
            self._part = part_name(text)

    def _close(self) -> Item | None:
        name, self._open = self._open, ""
        if name in _TRANSACTIONS:
            return self._transaction(name)
        return self._balance() if name == "LEDGERBAL" else None

    def _transaction(self, name: str) -> Item:
        if name == "STMTTRN" and not self._held:
            # The most of those that are skimmed, and in half the time.
            return Entry(self._part, (), "", "", currency=self._currency)
        raw, fields = _told(self._held)
        told = fields.get
        if name in _SHARES_ONLY or (name in _INVESTMENTS and "TOTAL" not in fields):
            return Aside(self._part, raw, NO_MONEY)
        day = told("DTPOSTED") or told("DTTRADE") or told("DTSETTLE") or ""
        return Entry(
            self._part,
            raw,
            day[: len("20260131")],
            _pointed(told("TRNAMT" if name == "STMTTRN" else "TOTAL", "")),
            currency=told("CURSYM") or self._currency,
            payee=told("NAME", ""),
            description=told("MEMO", ""),
            reference=told("CHECKNUM") or told("REFNUM") or "",
            bank_id=told("FITID", ""),
        )

    def _balance(self) -> Stated:
        _, fields = _told(self._held)
        return Stated(
            self._part,
            fields.get("DTASOF", "")[: len("20260131")],
            _pointed(fields.get("BALAMT", "")),
            is_out=False,
            currency=self._currency,
            is_opening=False,
        )


def _told(held: list[Tag]) -> tuple[tuple[str, ...], dict[str, str]]:
    """All that the tags of a transaction say, and the first text of each name."""
    said = [tag for tag in held if tag[1]]
    fields = dict(reversed(said))
    if "" in fields:
        said = list(_named(held))
        fields = dict(reversed(said))
    if "CURSYM" in fields:
        fields["CURSYM"] = _own_currency(held)
    return tuple(map(" ".join, said)), fields


def _named(held: list[Tag]) -> Iterator[Tag]:
    """The texts of a transaction; a CDATA section is that of the tag before it."""
    last = ""
    for name, text in held:
        last = name or last
        if last and text.strip():
            yield last, text.strip()


def _own_currency(held: list[Tag]) -> str:
    """That of the amount: beside an original currency it is the account's, so none."""
    sum_of = last = ""
    for name, text in held:
        last = name or last
        if name in ("CURRENCY", _OTHER_CURRENCY):
            sum_of = name
        elif last == "CURSYM" and sum_of != _OTHER_CURRENCY and text.strip():
            return text.strip()
    return ""


def _pointed(amount: str) -> str:
    """OFX knows no thousands, and a comma as well as a point before decimals."""
    return amount if "." in amount else amount.replace(",", ".", 1)
