"""The words by which banks say in, out, booked and pending."""

import re

from fintrack.core.currency import all_currencies
from fintrack.core.statements.folding import fold

_OUT = frozenset(
    [
        "-",
        "d",
        "dr",
        "db",
        "s",
        "b",
        "deb",
        "debit",
        "debito",
        "debet",
        "dbit",
        "soll",
        "lastschrift",
        "ausgang",
        "belastung",
        "af",
        "dare",
        "debe",
        "cargo",
        "borc",
        "gider",
        "wn",
        "obciazenie",
        "out",
        "withdrawal",
        "debite",
        "uit",
        "outflow",
        "kiadas",
        "расход",
        "χ",
        "支出",
        "出金",
        "支払い",
        "借",
        "출금",
        "지출",
    ]
)
_IN = frozenset(
    [
        "+",
        "c",
        "cr",
        "h",
        "a",
        "k",
        "cred",
        "credit",
        "credito",
        "haben",
        "gutschrift",
        "eingang",
        "bij",
        "avere",
        "haber",
        "abono",
        "alacak",
        "gelir",
        "ma",
        "uznanie",
        "in",
        "deposit",
        "tegoed",
        "creditnota",
        "inflow",
        "bevetel",
        "приход",
        "π",
        "收入",
        "入金",
        "預かり",
        "贷",
        "입금",
        "수입",
    ]
)
_PENDING = (
    "pending", "reverted", "revert", "declined", "failed", "cancelled", "canceled",
    "vorgemerkt", "abgelehnt", "storniert", "en attente", "refuse", "annule",
    "pendiente", "rechazado", "in sospeso", "in attesa", "non contabilizzato",
    "beklemede", "bekleyen", "iptal", "reddedildi", "provizyon", "oczekujaca",
    "odrzucona", "in behandeling", "pendente", "authorisation", "authorization",
    "reserverat", "venter", "afvist", "в обработке", "отклонен", "fuggoben",
    "reserved", "关闭", "失败",
)  # fmt: skip
_FINAL = (
    "completed", "complete", "settled", "booked", "posted", "cleared", "success",
    "gebucht", "ausgefuhrt", "abgeschlossen", "comptabilise", "execute", "termine",
    "completado", "realizado", "contabilizado", "contabilizzato", "eseguito",
    "tamamlandi", "gerceklesti", "zaksiegowana", "wykonana", "verwerkt", "finished",
    "sent", "received", "normal", "ok", "genehmigt", "paid", "issued", "udfort",
    "bokford", "исполнен", "выполнен", "charged", "deposited", "成功", "已存入",
    "已收钱", "完成",
)  # fmt: skip
_TOTALS = frozenset(
    [
        "total", "totals", "totale", "totaal", "gesamt", "gesamtsumme", "summe", "suma",
        "somme", "toplam", "genel toplam", "razem", "celkem", "итого", "合計", "合计",
        "합계",
    ]
)  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}")


def is_debit(text: str) -> bool | None:
    """True for money out, False for money in, None for any other word."""
    word = fold(text)
    if word in _OUT:
        return True
    return False if word in _IN else None


def is_final(text: str) -> bool | None:
    """False for a pending, refused or reverted payment, None for an unknown word."""
    words = fold(text)
    if any(mark in words for mark in _PENDING):
        return False
    return True if any(mark in words for mark in _FINAL) else None


def is_total(text: str) -> bool:
    """Whether a cell calls its line a total of others."""
    return fold(text) in _TOTALS


def is_currency_code(text: str) -> bool:
    """Whether ``text`` has the form of an ISO 4217 code."""
    return bool(_CODE.fullmatch(text.strip()))


def names_currency(text: str) -> bool:
    """Whether ``text`` is such a code, or one of a coin where a currency is expected.

    Of those many are words (``CASH``) elsewhere.
    """
    code = text.strip()
    return is_currency_code(code) or any(code == one.code for one in all_currencies())
