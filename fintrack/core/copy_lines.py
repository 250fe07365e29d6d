"""The text format of PostgreSQL's COPY: one line a row, a tab between values.

Source: PostgreSQL manual, COPY, "Text Format".
"""

from collections.abc import Iterable, Sequence

_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NULL = "\\N"


def escaped(text: str) -> str:
    """A text as COPY reads it."""
    return text.translate(_ESCAPED)


def copy_lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows whose values are written as PostgreSQL reads them; None is NULL."""
    lines = ("\t".join(map(_value, row)) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def _value(value: object) -> str:
    return _NULL if value is None else escaped(str(value))
