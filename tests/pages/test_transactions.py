"""What the page of transactions hangs on its toasts and keys."""

from fintrack.pages.transactions import transactions

# Within so many characters stands what follows in the same list of events.
NEXT = 300


def test_undo_by_toast_and_by_key_reads_the_templates_again() -> None:
    drawn = str(transactions().render())
    for undo in ("undo", "undo_last"):
        _, _, after = drawn.partition(f'transactions_state.{undo}"')
        assert "reread_templates" in after[:NEXT]
