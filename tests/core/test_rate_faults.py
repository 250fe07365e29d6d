"""Faults of sources: a code for the row, a sentence for the person."""

from datetime import timedelta

import pytest

from fintrack.core.rate_faults import FAULTS, BadStatus, TimedOut


def test_each_is_found_by_its_code() -> None:
    assert all(kind.code == code for code, kind in FAULTS.items())
    assert TimedOut().kept == "timed-out"


@pytest.mark.parametrize(
    ("status", "may_pass"), [(500, True), (503, True), (429, True), (403, False)]
)
def test_status_says_whether_it_may_pass(status: int, *, may_pass: bool) -> None:
    fault = BadStatus(status, timedelta(seconds=3))
    assert fault.may_pass is may_pass
    assert (fault.kept, str(status) in fault.text) == (f"bad-status {status}", True)
