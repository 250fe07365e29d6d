"""Whatever stands in a file, a reader gives rows or an error of the house.

Each kind of file is torn, spliced and overwritten for FUZZ_S seconds.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fintrack.core.errors import FinTrackError
from fintrack.core.statements.balance import Balances
from fintrack.core.statements.files import read_file, sniff_file
from fintrack.core.statements.formats import Format
from tests.core.statements.test_files import EXPONENTS, FILES

SECONDS = int(os.environ.get("FUZZ_S", "5"))
BANKS = FILES[0].parents[1] / "banks"
SAMPLES = {
    kind: [
        p.read_bytes() for p in FILES if sniff_file(p.read_bytes())[0].format is kind
    ]
    for kind in Format
}
SAMPLES[Format.CSV] = [
    (BANKS / name).read_bytes() for name in ("n26.csv", "wise.csv", "ing_nl.csv")
]
WORDS = [
    b"<", b">", b"</", b"<STMTTRN>", b"</STMTTRN>", b"<![CDATA[", b"]]>", b"&amp;",
    b"&#99999999;", b"<LEDGERBAL>", b"^\n", b"!Type:Invst\n", b"!Account\n", b"D", b"T",
    b"N", b"\n:61:", b"\n:86:", b":60F:C", b"?20", b"/NAME/", b"-\n", b"'", b"//",
    b"<Ntry>", b"</Ntry>", b"<Amt>", b'<Amt Ccy="', b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;", b"{", b"}", b"[", b"]", b'"', b'"postings":', b"null", b"-1", b"1e999999",
    b"NaN", b"9" * 40, b"00000000", b"2026-02-31", b"\0", b"\xff\xfe", b"\xef\xbf\xbd",
    "٣".encode(), b",", b".", b't="d"', b'r="A99999999"', b'<c r="XFE1">', b"<v>",
    b"</v>", b's="9"', b't="s"',
]  # fmt: skip
Change = tuple[int, int, bytes]
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 10_000),
        st.integers(0, 40),
        st.sampled_from(WORDS) | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=6,
)


def changed(data: bytes, changes: list[Change]) -> bytes:
    """``data`` with pieces cut out and others put in, each at its place per myriad."""
    for place, length, put in changes:
        at = len(data) * place // 10_000
        # The longest cuts tear off all that follows.
        end = len(data) if length == 40 else at + length
        data = data[:at] + put + data[end:]
    return data


def repacked(data: bytes, changes: list[Change]) -> bytes:
    """A ZIP file with one of its members changed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        names = old.namelist()
        victim = names[changes[0][0] % len(names)]
        for name in names:
            content = old.read(name)
            new.writestr(name, changed(content, changes) if name == victim else content)
    return out.getvalue()


def read(data: bytes) -> None:
    """Sniffs and reads every part; an error of the house is an answer as well."""
    with suppress(FinTrackError):
        sniffed = sniff_file(data)
        for part in sniffed.parts or [None]:
            name = part.name if part else ""
            mapping = sniff_file(data, name).mapping
            balances = Balances()
            for row in read_file(data, mapping, EXPONENTS):
                balances.add(row)
            balances.proofs()


def fuzz(change: Callable[[bytes, list[Change]], bytes], kind: Format) -> None:
    """Changes the samples of a kind until the time is over."""

    @settings(
        max_examples=50,
        database=None,
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
    )
    @given(st.sampled_from(SAMPLES[kind]), CHANGES)
    def once(sample: bytes, changes: list[Change]) -> None:
        read(change(sample, changes))

    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        once()


@pytest.mark.parametrize("kind", list(Format))
def test_changed_file_gives_rows_or_an_error_of_the_house(kind: Format) -> None:
    fuzz(changed, kind)


def test_changed_sheet_gives_rows_or_an_error_of_the_house() -> None:
    fuzz(repacked, Format.XLSX)
