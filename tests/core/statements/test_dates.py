"""Dates are read in the order that the whole file proves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fintrack.core.errors import InvalidInput
from fintrack.core.statements.dates import (
    DateOrder,
    find_order,
    looks_like_date,
    parse_date,
)

DMY, MDY, YMD = DateOrder.DMY, DateOrder.MDY, DateOrder.YMD
FORMS = {
    DMY: ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%y", "%d %b %Y", "%d.%m.%y", "%d%m%Y"),
    MDY: ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%b %d, %Y"),
    YMD: ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S", "%Y.%m.%d"),
}


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("31.01.26", DMY, date(2026, 1, 31)),
        ("1.2.2026", DMY, date(2026, 2, 1)),
        ("1/2/2026", MDY, date(2026, 1, 2)),
        ("01/02/2026", DMY, date(2026, 2, 1)),
        ("2026-01-31", MDY, date(2026, 1, 31)),
        ("2026-01-31 10:22:33", DMY, date(2026, 1, 31)),
        ("2026-01-31T10:22:33.123Z", DMY, date(2026, 1, 31)),
        ("31.01.2026 10:22", DMY, date(2026, 1, 31)),
        ("01/31/2026 3:04 PM", MDY, date(2026, 1, 31)),
        ("20260131", YMD, date(2026, 1, 31)),
        ("20260131", DMY, date(2026, 1, 31)),
        ("31012026", DMY, date(2026, 1, 31)),
        ("26-01-31", YMD, date(2026, 1, 31)),
        ("31.12.99", DMY, date(1999, 12, 31)),
        ("'15/09/2026", DMY, date(2026, 9, 15)),
        ("2026/1/5", YMD, date(2026, 1, 5)),
        ("2026:03:01", YMD, date(2026, 3, 1)),
        ("2026年7月14日", YMD, date(2026, 7, 14)),
        ("2026년 7월 14일", YMD, date(2026, 7, 14)),
        ("5 Ocak 2026", DMY, date(2026, 1, 5)),
        ("05-Şub-2026", DMY, date(2026, 2, 5)),
        ("5. März 2026", DMY, date(2026, 3, 5)),
        ("12 août 2026", DMY, date(2026, 8, 12)),
        ("Jan 5, 2026", DMY, date(2026, 1, 5)),
        ("05-Jan-26", MDY, date(2026, 1, 5)),
    ],
)
def test_day_is_read(text: str, order: DateOrder, expected: date) -> None:
    assert parse_date(text, order) == expected
    assert looks_like_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "31",
        "12.50",
        "1.234,56",
        "01.2026",
        "a.b.c",
        "1/2/3",
        "10:22:33",
        "\u0661/1/2026",
    ],
)
def test_other_text_is_no_date(text: str) -> None:
    assert not looks_like_date(text)
    with pytest.raises(InvalidInput, match="is not a date"):
        parse_date(text, DMY)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("31.02.2026", DMY),
        ("29.02.2025", DMY),
        ("13/13/2026", MDY),
        ("2026-02-30", YMD),
    ],
)
def test_impossible_day_is_named(text: str, order: DateOrder) -> None:
    with pytest.raises(InvalidInput, match="does not exist"):
        parse_date(text, order)


@pytest.mark.parametrize(
    ("texts", "order", "ambiguous"),
    [
        (["01/02/2026", "13/02/2026"], DMY, False),
        (["01/02/2026", "02/13/2026"], MDY, False),
        (["01/02/2026", "03/04/2026"], DMY, True),
        (["01/01/2026", "02/02/2026"], DMY, False),
        (["01.02.2026", "03.04.2026"], DMY, False),
        (["2026-01-02"], YMD, False),
        (["20260102"], YMD, False),
        (["00-01-31", "00-02-28"], YMD, False),
        (["5 Jan 2026"], DMY, False),
        (["31.02.2026", "28.02.2026"], DMY, False),
        ([], DMY, False),
    ],
)
def test_one_day_above_twelve_decides_the_order(
    texts: list[str], order: DateOrder, *, ambiguous: bool
) -> None:
    assert find_order(texts) == (order, ambiguous)


@given(
    day=st.dates(date(1970, 1, 1), date(2069, 12, 31)),
    order=st.sampled_from(DateOrder),
    pick=st.integers(0, 5),
)
def test_written_day_is_read_back(day: date, order: DateOrder, pick: int) -> None:
    forms = FORMS[order]
    form = forms[pick % len(forms)]
    text = day.strftime(form)
    if form == "%d%m%Y" and 0 < int(text[4:6]) <= 12 and 0 < int(text[6:]) <= 31:
        return  # 01122011 is also a day of the year 0112: nobody can tell
    assert parse_date(text, order) == day


@given(st.text(max_size=60), st.sampled_from(DateOrder))
def test_any_text_is_a_day_or_refused(text: str, order: DateOrder) -> None:
    try:
        parse_date(text, order)
    except InvalidInput:
        return
    assert looks_like_date(text)
