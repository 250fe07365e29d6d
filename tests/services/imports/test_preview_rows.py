"""Records of a file are shown as they will come in."""

from datetime import date

from fintrack.core.statements.rows import SkippedRow, StatementRow
from fintrack.services.imports.judging import KNOWN, Status, Verdict
from fintrack.services.imports.placing import Knowledge
from fintrack.services.imports.preview_rows import Shows

ROW = StatementRow(1, ("x",), date(2026, 2, 3), -1, "EUR", "Bar", "")


def test_row_that_may_be_taken_says_what_it_gets() -> None:
    taken = Verdict(Status.NEW, taken=True, choosable=True)
    shown = Shows(Knowledge(), 1).row(ROW, taken)
    assert shown.given
    assert (shown.given.source, shown.given.payee) == ("import", "Bar")
    assert shown.reasons == ()


def test_record_that_cannot_be_taken_is_shown_raw_with_its_reason() -> None:
    skipped = SkippedRow(2, ("?",), KNOWN)
    verdict = Verdict(Status.SKIPPED, taken=False, reasons=(KNOWN,))
    shown = Shows(Knowledge(), 1).row(skipped, verdict)
    assert (shown.raw, shown.understood, shown.given) == (("?",), None, None)
    assert shown.reasons == (KNOWN,)
