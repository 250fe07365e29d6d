"""Small statements for tests."""

HEADER = "Date,Payee,Amount\n"

CURRENT = b"""\
Date,Payee,Amount,Balance
2026-02-02,Example Corp payroll,2000.00,2100.00
2026-02-03,Caf\xc3\xa9 Central,-2.50,2097.50
2026-02-03,Caf\xc3\xa9 Central,-2.50,2095.00
2026-02-05,Lidl,-45.10,2049.90
"""


def as_csv(*rows: tuple[str, str, str]) -> bytes:
    """Rows of day, payee and amount as a bank sends them."""
    return (HEADER + "".join(f"{','.join(row)}\n" for row in rows)).encode()
