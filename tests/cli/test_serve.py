import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from fintrack.cli.frontend import ROOT, STAMP
from fintrack.cli.keeping_alive import ENDED, PAUSES, RUNS_AGAIN
from fintrack.cli.serve import GRANIAN_MEMORY, refuse_taken_port
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services.embedded.places import find_places
from tests.serving import (
    START_SECONDS,
    fetch,
    postgres_of,
    postmaster_of,
    serving,
)

# What Chromium and Firefox say over TLS.
BROWSER = "gzip, deflate, br, zstd"
# As granian's supervisor does, which notes a signal; its worker inherits that.
EARLY_STOP = """
import os, signal, time
from fintrack.cli.serve import watch_forks

signal.signal(signal.SIGTERM, lambda *_: None)
watch_forks()
worker = os.fork()
if not worker:
    time.sleep(60)
    os._exit(0)
os.kill(worker, signal.SIGTERM)
print(os.WTERMSIG(os.waitpid(worker, 0)[1]))
"""

TAKEN_ELSEWHERE = """
import signal, threading, time
from fintrack.cli.serve import WakefulEvent

def take():
    time.sleep(0.5)
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)
    time.sleep(60)

awaited = WakefulEvent()
signal.signal(signal.SIGINT, lambda *_: awaited.set())
threading.Thread(target=take, daemon=True).start()
awaited.wait()
print("handled", end="")
"""


@pytest.mark.parametrize(
    ("send", "signum"),
    # A terminal sends Ctrl+C to the whole group.
    [(os.killpg, signal.SIGINT), (os.kill, signal.SIGINT), (os.kill, signal.SIGTERM)],
    ids=["Ctrl+C", "SIGINT", "SIGTERM"],
)
def test_serve_answers_and_a_signal_stops_everything(
    data_dir: Path, port: int, send: Callable[[int, int], None], signum: int
) -> None:
    stamped = (ROOT / STAMP).stat().st_mtime_ns
    with serving(data_dir, port) as program:
        status, headers = fetch(port, accepts=BROWSER)
        assert (status, headers["content-encoding"]) == (200, "br")
        assert headers["vary"] == "Accept-Encoding, Origin"
        _, headers = fetch(port, accepts="gzip, deflate")
        assert headers["content-encoding"] == "gzip"
        assert fetch(port, "/api/health")[1]["vary"] == "Origin"
        assert postgres_of(data_dir)
        family = psutil.Process(program.pid).children(recursive=True)
        send(program.pid, signum)
        output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 0
    assert output == f"FinTrack runs on http://127.0.0.1:{port} (Ctrl+C stops it)\n"
    assert not postgres_of(data_dir)
    assert not [p for p in family if p.is_running()]
    assert (ROOT / STAMP).stat().st_mtime_ns == stamped


def test_worker_that_is_stopped_before_it_listens_ends() -> None:
    ended = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", EARLY_STOP], capture_output=True, text=True, check=True
    )
    assert int(ended.stdout) == signal.SIGTERM


def test_signal_that_another_thread_took_is_handled() -> None:
    ended = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", TAKEN_ELSEWHERE],
        capture_output=True,
        text=True,
        check=True,
        timeout=START_SECONDS,
    )
    assert ended.stdout == "handled"


def test_worker_that_stands_still_does_not_hold_up_the_end(
    data_dir: Path, port: int
) -> None:
    with serving(data_dir, port) as program:
        fetch(port)
        family = psutil.Process(program.pid).children(recursive=True)
        # Beside it there is the watcher of the database, which has one thread.
        max(family, key=psutil.Process.num_threads).suspend()
        # The parent is told of it by a signal, and another thread may take the next.
        os.killpg(program.pid, signal.SIGINT)
        output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 0
    assert "Killing worker-1" in output
    assert not postgres_of(data_dir)


def test_start_after_a_kill_works_and_stops_what_was_left(
    data_dir: Path, port: int
) -> None:
    with serving(data_dir, port) as killed:
        fetch(port)
        workers = psutil.Process(killed.pid).children(recursive=True)
        assert workers
        killed.kill()
        killed.wait()
        _, alive = psutil.wait_procs(workers, timeout=START_SECONDS)
    assert not alive  # it would keep the port
    assert postgres_of(data_dir)
    with serving(data_dir, port) as program:
        assert fetch(port)[0] == 200
        program.terminate()
        program.communicate(timeout=START_SECONDS)
    assert program.returncode == 0
    assert not postgres_of(data_dir)


def test_taken_port_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with serving(tmp_path / "data", port) as program:
            output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 1
    assert output.startswith(f"Port {port} is in use by another program.")
    assert not (tmp_path / "data").exists()


def test_data_directory_that_cannot_be_used_is_told_in_a_sentence(
    tmp_path: Path, port: int
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    with serving(folder, port) as program:
        output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 1
    told = f"The data directory {folder} cannot be used: Not a directory."
    assert output == f"{told} FINTRACK_DATA_DIR names another one.\n"


def test_mail_server_that_cannot_be_used_is_told_before_anything_starts(
    tmp_path: Path, port: int
) -> None:
    secret = "http://ada:s3cret@mail.example.org"
    with serving(tmp_path / "data", port, FINTRACK_SMTP_URL=secret) as program:
        output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 1
    assert output.startswith("FINTRACK_SMTP_URL cannot be read.")
    assert "s3cret" not in output
    assert not (tmp_path / "data").exists()


def test_address_of_another_machine_is_refused(port: int) -> None:
    with pytest.raises(InvalidInput, match=r"192\.0\.2\.1, port \d+, cannot be used"):
        refuse_taken_port("192.0.2.1", port)


def test_port_just_left_is_free_again(port: int) -> None:
    refuse_taken_port("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(Conflict):
        refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)


def test_importing_the_app_starts_no_thread_and_opens_no_connection() -> None:
    script = (
        "import psutil, threading, fintrack.fintrack\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
        "assert not psutil.Process().net_connections('all')\n"
    )
    command = [sys.executable, "-c", script]
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - the text above


def test_granian_reads_how_it_shall_give_back_memory() -> None:
    ((name, value),) = GRANIAN_MEMORY.items()
    told = {**os.environ, name: f"{value},confirm_conf:true"}
    command = [sys.executable, "-c", "import granian.server"]
    done = subprocess.run(command, check=True, env=told, capture_output=True)  # noqa: S603 - the text above
    assert f"Set conf value: {value}".encode() in done.stderr


def test_dead_database_is_started_again_and_the_worker_finds_it(
    data_dir: Path, port: int
) -> None:
    with serving(data_dir, port) as program:
        assert fetch(port, "/api/health")[0] == 200
        for signum in (signal.SIGQUIT, signal.SIGKILL):
            died = postmaster_of(data_dir)
            died.send_signal(signum)
            psutil.wait_procs([died], timeout=START_SECONDS)
            assert fetch(port, "/api/health")[0] == 200
            assert postmaster_of(data_dir) != died
        program.terminate()
        output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 0
    assert output.count(f"{ENDED}\n") == 2
    # The second time SIGTERM may come between the first answer and the sentence.
    assert output.count(f"{RUNS_AGAIN}\n") in {1, 2}
    assert not postgres_of(data_dir)


def test_database_that_cannot_be_started_again_stops_everything(
    data_dir: Path, port: int
) -> None:
    with serving(data_dir, port) as program:
        fetch(port)
        version = find_places(data_dir).cluster / "PG_VERSION"
        version.write_text("1\n")
        postmaster_of(data_dir).send_signal(signal.SIGQUIT)
        family = psutil.Process(program.pid).children(recursive=True)
        output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 1
    assert output.count(ENDED) == len(PAUSES)
    assert "was made by PostgreSQL 1" in output
    assert "ended again and again, so FinTrack has stopped" in output.splitlines()[-1]
    assert not postgres_of(data_dir)
    assert not [p for p in family if p.is_running()]


def test_watcher_that_dies_stops_everything(data_dir: Path, port: int) -> None:
    """Nobody would start a dead database again; whoever started FinTrack can."""
    with serving(data_dir, port) as program:
        fetch(port)
        family = psutil.Process(program.pid).children()
        watcher = min(family, key=lambda process: process.create_time())
        watcher.kill()
        output, _ = program.communicate(timeout=START_SECONDS)
    assert program.returncode == 1
    assert "watches the database has ended" in output.splitlines()[-1]
    assert not postgres_of(data_dir)
    assert not [p for p in family if p.is_running()]
