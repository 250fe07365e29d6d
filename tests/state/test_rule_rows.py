"""What a preview says beside its rows."""

from fintrack.services.applying.previewing import RulePreview
from fintrack.state.amounts import Reader
from fintrack.state.rule_rows import left_texts


def test_transfers_end_rows_of_the_other_account_however_many_are_left() -> None:
    found = RulePreview((), None, count=3, is_whole=True, locked=5)
    left, ended = left_texts(found, Reader("en"), "Pot")
    assert left.startswith("5 stay as they are")
    assert "its row without a category becomes void" in ended


def test_preview_that_changes_nothing_ends_nothing() -> None:
    found = RulePreview((), None, count=0, is_whole=True, locked=5)
    assert len(left_texts(found, Reader("en"), "Pot")) == 1
