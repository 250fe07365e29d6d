"""A first proposal reads what was written, and says what it cannot know."""

import csv
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.amount_text import COMMA, POINT, NumberStyle
from fintrack.core.errors import FinTrackError
from fintrack.core.statements.dates import DateOrder
from fintrack.core.statements.reader import read_statement
from fintrack.core.statements.rows import StatementRow
from fintrack.core.statements.sniffing import guess_style, sniff

EXPONENTS = {"EUR": 2, "UAH": 2}
HEADERS = {
    "en": ("Date", "Description", "Amount", "Currency"),
    "de": ("Buchungstag", "Verwendungszweck", "Betrag", "Währung"),
    "tr": ("Tarih", "Açıklama", "Tutar", "Para Birimi"),
}
WORDS = st.text(
    alphabet=st.characters(categories=["Ll", "Lu"], include_characters=' ;,"|'),
    max_size=20,
)
MOVES = st.lists(
    st.tuples(
        st.dates(date(1990, 1, 1), date(2060, 12, 31)),
        WORDS,
        st.integers(-(10**9), 10**9).filter(bool),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize(
    ("dates", "order", "note"),
    [
        (["01/02/2026"], DateOrder.DMY, "date_order"),
        (["01/02/2026"] * 500 + ["02/13/2026"], DateOrder.MDY, None),
        (["01/02/2026", "13/02/2026"], DateOrder.DMY, None),
    ],
)
def test_whole_file_decides_the_date_order(
    dates: list[str], order: DateOrder, note: str | None
) -> None:
    text = "Date,Text,Amount\n" + "".join(f"{day},a,-1.50\n" for day in dates)
    found = sniff(text.encode())
    assert found.mapping.date_order is order
    assert [problem.field for problem in found.notes] == ([note] if note else [])


@pytest.mark.parametrize(
    ("texts", "style", "unclear"),
    [
        (["1.234,56"], COMMA, False),
        (["1,234.56"], POINT, False),
        (["12,5", "1.234"], COMMA, False),
        (["1.234.567"], COMMA, False),
        (["1.234"], COMMA, True),
        (["12"], COMMA, False),
        ([], COMMA, False),
    ],
)
def test_number_style_is_what_most_amounts_show(
    texts: list[str], style: NumberStyle, *, unclear: bool
) -> None:
    assert guess_style(texts, ";") == (style, unclear)


def test_broken_characters_are_noted_with_their_place() -> None:
    text = "Datum;Text;Betrag\n" + "01.02.2026;für;-1,50\n" * 9
    found = sniff(text.encode() + b"01.02.2026;f\xffr;-1,50\n")
    [note] = found.notes
    assert dict(note.values) == {"count": "1", "line": "11"}


def test_file_without_amount_is_sniffed_and_the_missing_column_named() -> None:
    found = sniff(b"Date,Text,Reference\n2026-01-05,a,7x\n")
    assert [problem.field for problem in found.notes] == ["amount"]


def test_sides_that_no_name_tells_are_a_guess_to_look_at() -> None:
    rows = b"2026-05-19,PAYMENT,,524.02\n2026-05-18,COFFEE SHOP,4.56,\n"
    named = b"Date,Text,Debit,Credit\n"
    assert [problem.field for problem in sniff(rows).notes] == ["debit"]
    assert sniff(named + rows).notes == ()


@given(
    moves=MOVES,
    language=st.sampled_from(sorted(HEADERS)),
    separator=st.sampled_from([";", ",", "\t", "|"]),
    comma=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_written_statement_is_read_back(
    moves: list[tuple[date, str, int]],
    language: str,
    separator: str,
    *,
    comma: bool,
    encoding: str,
) -> None:
    file = StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(HEADERS[language])
    for day, text, minor in moves:
        sign, (whole, cents) = "-" * (minor < 0), divmod(abs(minor), 100)
        amount = f"{sign}{whole}{',' if comma else '.'}{cents:02d}"
        writer.writerow((day.isoformat(), text, amount, "EUR"))
    data = file.getvalue().encode(encoding)
    rows = list(read_statement(data, sniff(data).mapping, {"EUR": 2}))
    assert [
        (row.on_date, row.description, row.amount_minor)
        for row in rows
        if isinstance(row, StatementRow)
    ] == [(day, " ".join(text.split()), minor) for day, text, minor in moves]


@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(alphabet='0123456789.,-;/|\t\n\r" abDSEUR€', max_size=400).map(
            str.encode
        ),
    )
)
def test_any_bytes_are_read_or_refused_with_one_of_our_errors(data: bytes) -> None:
    try:
        list(read_statement(data, sniff(data).mapping, {"EUR": 2}))
    except FinTrackError as refusal:
        assert 400 <= refusal.status < 500  # noqa: PT017 - both outcomes are right


def test_file_without_a_minus_asks_for_the_side() -> None:
    lines = ["Date,Text,Amount", *[f"2026-01-0{day},Shop,5.00" for day in (1, 2, 3)]]
    found = sniff("\n".join(lines).encode())
    assert not found.mapping.flip_sign
    assert [problem.field for problem in found.notes] == ["flip_sign"]


def test_thousands_are_clear_where_some_amounts_have_no_mark() -> None:
    assert guess_style(["3,500", "850"], ",") == (POINT, False)
    assert guess_style(["3.500", "850"], ",") == (COMMA, False)
    assert guess_style(["3,500", "1,850"], ",") == (POINT, True)


def test_currency_in_the_name_of_the_amount_is_that_of_the_account() -> None:
    text = """Date,Text,Card amount (UAH),Amount abroad,Currency
2026-01-02,Shop,-100.00,-2.50,EUR
2026-01-03,Work,500.00,500.00,UAH
"""
    rows = list(read_statement(text.encode(), sniff(text.encode()).mapping, EXPONENTS))
    assert {row.currency for row in rows if isinstance(row, StatementRow)} == {"UAH"}
