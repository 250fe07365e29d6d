"""The text of an MT940 transaction: who, what for, and under which reference.

Field ``:86:`` is free text. German banks cut it by ``?20`` and SEPA words as ``SVWZ+``,
Dutch ones by words between slashes as ``/NAME/``; others just write.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_NUMBERED = re.compile(r"([0-9]{3})([^0-9A-Za-z\s/])(?=[0-9]{2})")
_SEPA = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP)\+"
)
_SLASHED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|CNTP|PREF|NRTX|TRCD|PURP|RTRN"
    r"|ULTC|ULTD|ISDT|ID|ADDR|SVCL|SWOC|CREF|BO)/"
)
_PAYEE, _TEXTS = ("32", "33"), tuple(f"{n}" for n in (*range(20, 30), *range(60, 64)))
_NO_REFERENCE = frozenset(["", "NOTPROVIDED", "NONREF"])
_CNTP_NAME = 2


class Details(NamedTuple):
    """What the text says."""

    payee: str = ""
    text: str = ""
    reference: str = ""


def read_details(lines: Sequence[str]) -> Details:
    """The parts of a text in whatever way it is cut."""
    whole = "".join(lines)
    numbered = _NUMBERED.match(whole)
    if numbered:
        return _numbered(whole[numbered.end() - 1 :], numbered[2])
    if _SLASHED.match(whole):
        return _slashed(whole)
    return Details(text=" ".join(lines))


def _numbered(text: str, mark: str) -> Details:
    told: dict[str, str] = {}
    for piece in text.split(mark)[1:]:
        told[piece[:2]] = told.get(piece[:2], "") + piece[2:]
    payee = "".join(told.get(key, "") for key in _PAYEE)
    words = "".join(told.get(key, "") for key in _TEXTS)
    sepa = _pairs(_SEPA, words)
    reference = sepa.get("EREF", "")
    return Details(
        payee,
        sepa.get("SVWZ", "") or (told.get("00", "") if sepa else words),
        "" if reference in _NO_REFERENCE else reference,
    )


def _slashed(text: str) -> Details:
    told = _pairs(_SLASHED, text)
    counterparty = told.get("CNTP", "").split("/")
    payee = told.get("NAME", "")
    if not payee and len(counterparty) > _CNTP_NAME:
        payee = counterparty[_CNTP_NAME]
    remittance = told.get("REMI", "")
    reference = told.get("EREF", "").strip("/")
    return Details(
        payee.strip("/"),
        re.sub(r"^(?:USTD|STRD)//", "", remittance).strip("/"),
        "" if reference in _NO_REFERENCE else reference,
    )


def _pairs(words: re.Pattern[str], text: str) -> dict[str, str]:
    """Each word with what stands up to the next one."""
    cut = words.split(text)
    found: dict[str, str] = {}
    for name, value in zip(cut[1::2], cut[2::2], strict=False):
        found.setdefault(name, value.strip())
    return found
