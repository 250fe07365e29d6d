import signal
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import find_chromium, first_that_runs, runs, watched
from tests.browser.signed_in import Home


def _program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_program_that_tells_a_chromium_version_is_taken(tmp_path: Path) -> None:
    browser = _program(tmp_path / "browser", "echo Chromium 140.0")
    assert first_that_runs([tmp_path / "missing", browser]) == browser
    assert find_chromium({"FINTRACK_CHROMIUM": str(browser)}) == browser


@pytest.mark.parametrize(
    "script",
    [
        "if ! [ -x /snap/bin/chromium ]; then exit 1; fi; echo Chromium 140.0",
        "echo Chromium 140.0; exit 1",
        "echo Firefox 140.0",
    ],
    ids=["snap stub", "broken", "another browser"],
)
def test_program_that_is_no_chromium_is_passed_over(
    tmp_path: Path, script: str
) -> None:
    assert not runs(_program(tmp_path / "chromium", script))


def test_named_program_that_does_not_run_fails_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="does not run"):
        find_chromium({"FINTRACK_CHROMIUM": str(tmp_path / "missing")})


def test_chromium_that_stands_still_is_ended(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    program = _program(tmp_path / "chromium", "read forever")
    with (
        subprocess.Popen([program], stdin=subprocess.PIPE) as stood,  # noqa: S603 - our own script
        watched(0.1),
    ):
        assert stood.wait(timeout=10) == -signal.SIGKILL
    assert "stood still" in caplog.text


def test_page_after_a_chromium_that_was_ended_gets_another_one(home: Home) -> None:
    home.browser.close()
    with home.page("/accounts") as page:
        expect(page.get_by_role("heading", name="Accounts", exact=True)).to_be_visible()
