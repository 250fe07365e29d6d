"""The process log is text for a terminal, and lines of JSON for everything else."""

import io
import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fintrack.cli.process_log import (
    LONGEST,
    LONGEST_REPORT,
    MOST_LINES,
    Bounded,
    JsonLines,
    is_json,
    tell_defect_of_page,
)
from fintrack.core.request_id import begin_request, current_request
from tests.serving import START_SECONDS, fetch, serving

# Whoever logs in a process: ours, the server after its own set-up, warnings, the end.
PROGRAM = """
import logging, sys, threading, warnings
from engineio import AsyncServer
from granian.log import LogLevels, configure_logging
from fintrack.cli.process_log import install_log
install_log(sys.argv[1])
configure_logging(LogLevels.warning)
socket = AsyncServer(async_mode="asgi")
install_log(sys.argv[1])
logging.getLogger("fintrack.jobs").warning("jobs\\nwait")
logging.getLogger("_granian").error("worker")
logging.getLogger("granian.access").warning("GET /")
logging.getLogger("uvicorn.error").error("socket")
socket.logger.error("packet")
warnings.warn("old")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
class Dropped:
    def __del__(self):
        raise KeyError("dropped")
Dropped()
raise RuntimeError("gone")
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def line_of(message: str, *values: object, **more: Any) -> dict[str, str]:
    record = logging.LogRecord(
        "fintrack.x", logging.ERROR, __file__, 1, message, values, more.get("error")
    )
    record.created = 1_772_712_000.25
    text = JsonLines().format(record)
    assert "\n" not in text
    found: dict[str, str] = json.loads(text)
    return found


def test_line_says_when_how_bad_who_and_what() -> None:
    assert line_of("letter %s\nwas not sent", 7) | {"request": ""} == {
        "timestamp": "2026-03-05T12:00:00.250+00:00",
        "level": "error",
        "logger": "fintrack.x",
        "message": "letter 7\nwas not sent",
        "request": "",
    }


async def test_line_names_the_request_at_work() -> None:
    begin_request()
    assert line_of("x")["request"] == current_request()


def test_traceback_tells_the_defect_and_not_what_was_entered() -> None:
    said = "refused\nDETAIL:  Key (email)=(ada@example.org) exists."
    with pytest.raises(ValueError, match="refused") as found:
        raise ValueError(said)
    line = line_of("x", error=(found.type, found.value, found.tb))
    assert "ValueError: refused" in line["exception"]
    assert "Traceback" in line["exception"]
    assert "ada@example.org" not in str(line)


def test_long_line_keeps_its_start_and_its_end() -> None:
    said = f"begins {'x' * 100_000} ends"
    line = line_of(said, error=(ValueError, ValueError(said), None))
    for text in (line["message"], line["exception"]):
        assert len(text) < LONGEST + 10
        assert "begins x" in text
        assert text.endswith("x ends")


def test_place_that_writes_without_end_is_heard_now_and_then() -> None:
    bounded = Bounded()

    def heard(second: float, *, line: int = 7) -> list[str]:
        record = logging.LogRecord(
            "x", logging.ERROR, "a.py", line, "%s", ("no",), None
        )
        record.created = second
        return [record.getMessage()] if bounded.filter(record) else []

    assert sum(len(heard(1000)) for _ in range(1000)) == MOST_LINES
    assert heard(1000, line=8) == ["no"]
    assert heard(1059) == []
    missing = 1000 - MOST_LINES + 1
    assert heard(1060) == [f"no ({missing} lines like this were left out)"]
    assert heard(1061) == ["no"]
    assert heard(1200) == ["no"]


def test_report_of_a_page_is_short_and_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tell_defect_of_page(Exception("x is\n\x1b[31mundefined " + "y" * 10_000))
    (record,) = caplog.records
    assert record.getMessage().startswith("A page reports a defect: x is [31mundefined")
    assert len(record.getMessage()) < LONGEST_REPORT + 30


@pytest.mark.parametrize(
    ("log_format", "on_terminal", "off_terminal"),
    [("", False, True), ("text", False, False), ("json", True, True)],
)
def test_terminal_gets_text_unless_somebody_says_otherwise(
    log_format: str, *, on_terminal: bool, off_terminal: bool
) -> None:
    assert is_json(log_format, Terminal()) is on_terminal
    assert is_json(log_format, io.StringIO()) is off_terminal


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_everybody_in_the_process_writes_the_same_format(log_format: str) -> None:
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, log_format],
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == 1
    if log_format == "text":
        assert '{"timestamp"' not in ended.stdout + ended.stderr
        assert "RuntimeError: gone" in ended.stderr
        assert ended.stderr.count("packet") == 1
        return
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert ended.stdout == ""
    assert [line["logger"] for line in lines] == [
        "fintrack.jobs",
        "_granian",
        "granian.access",
        "uvicorn.error",
        "engineio.server",
        "py.warnings",
        "fintrack.cli.process_log",
        "fintrack.cli.process_log",
        "fintrack.cli.process_log",
    ]
    assert lines[0]["message"] == "jobs\nwait"
    assert "ZeroDivisionError" in lines[-3]["exception"]
    assert "KeyError: 'dropped'" in lines[-2]["exception"]
    assert "RuntimeError: gone" in lines[-1]["exception"]


def test_program_that_serves_logs_lines_beside_what_it_says_to_people(
    data_dir: Path, port: int
) -> None:
    """The store of the limits is away; a request finds that out."""
    away = {"FINTRACK_REDIS_URL": "redis://127.0.0.1:1/0"}
    with serving(data_dir, port, **away) as program:
        fetch(port, "/api/health")
        os.kill(program.pid, signal.SIGTERM)
        output, _ = program.communicate(timeout=START_SECONDS)
    said, *logged = output.splitlines()
    assert said.startswith("FinTrack runs on ")
    lines = [json.loads(one) for one in logged]
    # On a busy machine more is logged: the store is asked again, a job is late.
    line = next(
        one for one in lines if one["logger"] == "fintrack.services.rate_limiter"
    )
    assert line["level"] == "error"
    assert line["timestamp"].endswith("+00:00")
    assert len(line["request"]) == 16
    assert "Traceback" in line["exception"]
