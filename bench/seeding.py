"""Made-up statements, the same for everybody who measures."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta

FIRST_DAY = date(2017, 1, 2)
SHOPS = (
    "Lidl", "Café Çınar", "Bäckerei Müller", "Shell", "Amazon", "Spotify", "IKEA",
    "Apotheke", "Zara", "Carrefour", "Boulangerie", "Decathlon",
)  # fmt: skip
TOWNS = ("Berlin", "İstanbul", "Lyon", "Milano", "Kraków", "Zürich", "Leeds", "Gent")
HEADER = "Date,Payee,Description,Reference,Amount,Balance\n"


def statement_lines(rows: int, seed: int = 7) -> Iterator[str]:
    """A CSV statement of an account, oldest first, with a balance that proves it."""
    dice = random.Random(seed)  # noqa: S311 - figures to measure with, no secret
    yield HEADER
    balance = 0
    for number in range(rows):
        day = FIRST_DAY + timedelta(days=number * 3_300 // rows)
        if number % 40 == 0:
            minor, payee = dice.randrange(150_000, 420_000), "Example Corp payroll"
        else:
            minor = -dice.randrange(95, 12_000)
            payee = f"{dice.choice(SHOPS)} {dice.choice(TOWNS)} {dice.randrange(40)}"
        balance += minor
        words = f"Card 4242 booking {dice.randrange(1_000_000)}, thank you"
        yield (
            f'{day},{payee},"{words}",R{number:07d},'
            f"{_amount(minor)},{_amount(balance)}\n"
        )


def statement(rows: int, seed: int = 7) -> bytes:
    """The whole file."""
    return "".join(statement_lines(rows, seed)).encode()


def shuffled_statement(rows: int, seed: int = 7) -> bytes:
    """The same rows in no order of days."""
    header, *lines = statement_lines(rows, seed)
    random.Random(seed).shuffle(lines)  # noqa: S311 - figures to measure with, no secret
    return "".join((header, *lines)).encode()


def ofx_statement(rows: int, *, newest_first: bool = False) -> bytes:
    """The same rows as OFX (SGML), as a bank sends it."""
    found = list(csv.reader(statement_lines(rows)))[1:]
    if newest_first:
        found.reverse()
    body = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day.replace('-', '')}<TRNAMT>{amount}"
        f"<FITID>{number}<NAME>{payee}<MEMO>{words}</STMTTRN>\n"
        for day, payee, words, number, amount, _ in found
    )
    return (
        "OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR"
        f"<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>{body}</BANKTRANLIST>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    ).encode()


def _amount(minor: int) -> str:
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"
