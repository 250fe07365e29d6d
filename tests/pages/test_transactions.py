"""What the page of transactions hangs on its toasts and keys."""

from pathlib import Path

from fintrack.pages.transactions import transactions

ASSETS = Path(__file__).parents[2] / "assets"

# Within so many characters stands what follows in the same list of events.
NEXT = 300


def test_button_that_starts_the_selection_tells_the_browser_so() -> None:
    """The script decides what the next tap does, before the state has answered."""
    script = ASSETS / "row_picks.jsx"
    assert "[data-starts-picks]" in script.read_text(encoding="utf-8")
    drawn = str(transactions().render())
    _, _, after = drawn.partition('"data-starts-picks"')
    assert "start_picking" in after[:NEXT]


def test_undo_by_toast_and_by_key_reads_the_templates_again() -> None:
    drawn = str(transactions().render())
    for undo in ("undo", "undo_last"):
        _, _, after = drawn.partition(f'transactions_state.{undo}"')
        assert "reread_templates" in after[:NEXT]
