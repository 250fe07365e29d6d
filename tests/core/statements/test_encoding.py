"""Text of many countries is recognised, and what is no text is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.errors import InvalidInput, UnsupportedType
from fintrack.core.statements.encoding import ENCODINGS, find_encoding, opener_of

GERMAN = "Buchung;Empfänger;Betrag\n01.02.2026;Bäckerei Süß;-3,50\n"
TURKISH = "Tarih;Açıklama;Tutar\n01.02.2026;IŞIK ECZANESİ ve DOĞALGAZ;-3,50\n"
POLISH = "Data;Opis;Kwota\n2026-02-01;ŻABKA ŁÓDŹ zakupy życzenia;-3,50\n"
CZECH = "Datum;Číslo účtu;Měna;Částka\n01.02.2026;12;Původní;-3,50\n"
HUNGARIAN = "Dátum;Összeg\n2026.02.01;Kártyás vásárlás, fizetendő\n"
BRITISH = "Date,Paid out\n01 Feb 2026,£12.50\n02 Feb 2026,£1.00\n"
SPANISH = "Fecha;Concepto\n01/02/2026;Nómina Panadería Ñandú, Málaga\n"
ITALIAN = "Data;Causale\n01/02/2026;Attività perché più città lunedì\n"
RUSSIAN = "Дата;Описание;Сумма\n01.02.2026;Оплата товаров;-3,50\n"
GREEK = "Ημερομηνία;Περιγραφή;Ποσό\n01.02.2026;Αγορά τροφίμων;-3,50\n"
HEBREW = "תאריך,תיאור,סכום\n01/02/2026,העברת שכר,-3.50\n"
JAPANESE = "年月日,お引出し,お取り扱い内容\n2026/2/1,350,振込　ｹｲﾃﾞｲ\n"
CHINESE = "交易时间,收/支,金额\n2026-02-01,支出,3.50\n"
KOREAN = "거래일자,적요,출금액\n2026.02.01,카페,5500\n"


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("a;b\n1;2\n", "ascii", "utf-8-sig"),
        (GERMAN, "utf-8", "utf-8-sig"),
        (GERMAN, "utf-8-sig", "utf-8-sig"),
        (GERMAN, "utf-16", "utf-16"),
        (GERMAN, "utf-16-le", "utf-16-le"),
        (GERMAN, "utf-16-be", "utf-16-be"),
        (GERMAN, "iso8859-1", "cp1252"),
        (GERMAN + "Preis;€;–\n", "cp1252", "cp1252"),
        (TURKISH, "cp1254", "cp1254"),
        (TURKISH, "iso8859-9", "cp1254"),
        (POLISH, "cp1250", "cp1250"),
        (POLISH, "iso8859-2", "iso8859-2"),
        (RUSSIAN, "cp1251", "cp1251"),
        (CZECH, "cp1250", "cp1250"),
        (HUNGARIAN, "cp1250", "cp1250"),
        (BRITISH, "cp1252", "cp1252"),
        (SPANISH, "cp1252", "cp1252"),
        (ITALIAN, "cp1252", "cp1252"),
        (GREEK, "cp1253", "cp1253"),
        (HEBREW, "cp1255", "cp1255"),
        (JAPANESE, "cp932", "cp932"),
        (CHINESE, "gb18030", "gb18030"),
        (KOREAN, "cp949", "cp949"),
        (KOREAN, "utf-8", "utf-8-sig"),
    ],
)
def test_encoding_is_found(text: str, written: str, found: str) -> None:
    data = text.encode(written)
    assert find_encoding(opener_of(data)).name == found
    assert found in ENCODINGS
    assert data.decode(found).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest", b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a",
        b"\xd0\xcf\x11\xe0\xa1", b"\x1f\x8b\x08", b"a\0b;c\n" * 9, b"\0" * 50,
        b"good;line\n" * 20_000 + b"\0",
    ],
)  # fmt: skip
def test_binary_file_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UnsupportedType, match=r"\w+.*\."):
        find_encoding(opener_of(data))


def test_empty_file_is_refused() -> None:
    with pytest.raises(InvalidInput, match="empty"):
        find_encoding(opener_of(b" \n"))


def test_broken_characters_are_counted_and_located() -> None:
    data = GERMAN.encode() * 3 + b"01.02.2026;B\xffcker;1\n"
    found = find_encoding(opener_of(data))
    assert (found.name, found.broken, found.first_broken_line) == ("utf-8-sig", 1, 7)


def test_character_on_the_edge_of_a_piece_is_not_broken() -> None:
    data = b"a" * (1024 * 1024 - 1) + "ä".encode()
    assert find_encoding(opener_of(data)).broken == 0


@given(st.binary(max_size=300))
def test_any_bytes_have_an_encoding_or_are_refused(data: bytes) -> None:
    try:
        found = find_encoding(opener_of(data))
    except (InvalidInput, UnsupportedType):
        return
    assert found.name in ENCODINGS
