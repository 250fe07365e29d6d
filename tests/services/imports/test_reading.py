"""The reading process itself: light, and gone when nobody is there any more."""

import pickle
import subprocess
import sys
from io import BytesIO

import pytest

from fintrack.services.imports.readers import MODULE, ROOT
from fintrack.services.imports.reading import LENGTH, Asker, Said, work_off
from tests.services.imports import jobs

HEAVY = ("sqlalchemy", "sqlmodel", "psycopg", "reflex", "fastapi", "pydantic")


def _said(heard: BytesIO) -> list[tuple[int, object]]:
    heard.seek(0)
    found = []
    while head := heard.read(LENGTH.size):
        found.append(pickle.loads(heard.read(*LENGTH.unpack(head))))  # noqa: S301 - written above
    return found


def test_job_asks_and_ends_with_its_result() -> None:
    told = BytesIO(b"".join(map(pickle.dumps, (jobs.echo, "a", "b", "c"))))
    heard = BytesIO()
    work_off(Asker(told, heard))
    assert _said(heard) == [
        (Said.QUESTION, 0),
        (Said.QUESTION, 1),
        (Said.QUESTION, 2),
        (Said.RESULT, ["a", "b", "c"]),
    ]


def test_next_batch_is_asked_about_before_the_answer_is_needed() -> None:
    told = BytesIO(b"".join(map(pickle.dumps, ("a", "c", "extra"))))
    heard = BytesIO()
    asker = Asker(told, heard)
    found = []
    for batch, answer in asker.ask_ahead((1, 0, 3), lambda batch: batch or None):
        found.append((batch, answer))
        if batch == 0:
            found.append((batch, asker.ask("between")))
    assert found == [(1, "a"), (0, None), (0, "extra"), (3, "c")]
    questions = [value for _, value in _said(heard)]
    assert questions == [1, 3, "between"]


def test_job_ends_when_nobody_answers() -> None:
    with pytest.raises(EOFError):
        work_off(Asker(BytesIO(pickle.dumps(jobs.echo)), BytesIO()))


def test_process_ends_with_its_pipe() -> None:
    ended = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", MODULE], cwd=ROOT, input=b"", timeout=30, check=True,
        capture_output=True,
    )  # fmt: skip
    assert (ended.stdout, ended.stderr) == (b"", b"")


def test_jobs_load_neither_the_database_nor_a_framework() -> None:
    code = (
        "import sys, fintrack.services.imports.copy_text, "
        "fintrack.services.imports.tallying, fintrack.services.imports.left_out, "
        "fintrack.services.blobs, fintrack.services.moving.reading; "
        f"print(sorted(set(sys.modules) & set({HEAVY})))"
    )
    ended = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True
    )
    assert ended.stdout.strip() == b"[]"
