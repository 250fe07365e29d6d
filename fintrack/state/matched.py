"""Rows of another bank for which a transfer stands, as a sentence."""

from fintrack.state.amounts import Reader


def with_matched(text: str, number: int, reader: Reader) -> str:
    """What was done, and the same behind it."""
    return f"{text} {matched_text(number, reader)}".rstrip()


def matched_text(number: int, reader: Reader) -> str:
    """How many rows of other accounts are void, because a transfer tells the same."""
    if not number:
        return ""
    return reader.count(
        "{n} row of the other account is the same transfer and void now.",
        "{n} rows of the other account are the same transfers and void now.",
        number,
    )
