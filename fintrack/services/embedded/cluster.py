"""One PostgreSQL cluster: made, started, found running, stopped.

Callers hold the lock of ``server.py``: nothing here runs twice at a time.
"""

import os
import pwd
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from fintrack.core.errors import Unavailable
from fintrack.services.embedded.places import Places

SUPERUSER = "fintrack"
PORT = "5432"
LOG = "server.log"
# pg_ctl wants an end; crash recovery of a large book has none that we could name.
START_SECONDS = "2592000"
STOP_SECONDS = "120"
QUIET_SECONDS = 5
STARTING = "The database is still starting; after an interruption it recovers first."
TRAITS = ["name", "cwd", "status"]
READY, STOPPING = "ready", "stopping"


def make_cluster(places: Places, *, sync: bool) -> None:
    """Make the cluster unless it is there; a killed attempt leaves no half of one."""
    if places.cluster.exists():
        return
    partial = places.home / "cluster.new"
    shutil.rmtree(partial, ignore_errors=True)
    places.make_private(partial)
    options = ["--encoding=UTF8", "--locale=C", "--auth=peer", "--data-checksums"]
    with places.open_private(LOG) as log:
        made = places.popen(
            *("initdb", "-D", str(partial), "-U", SUPERUSER, *options),
            *(() if sync else ("--no-sync",)),
            output=log.fileno(),
        )
    if made.wait() != 0:
        raise _failure(places)
    partial.rename(places.cluster)


def launch(places: Places, options: Mapping[str, str]) -> None:
    """Start the server and wait until it takes connections, however long that is.

    Raises:
        Unavailable: it did not start; the text carries the end of its log.
    """
    _refuse_other_version(places)
    _clear_remains(places)
    _write_access(places)
    if (places.home / LOG).exists():
        (places.home / LOG).replace(places.home / f"{LOG}.old")
    with places.open_private(LOG) as log:
        starter = places.popen(
            *("pg_ctl", "start", "-w", "-s", "-t", START_SECONDS),
            *("-D", str(places.cluster), "-o", _settings(places, options)),
            output=log.fileno(),
        )
    try:
        _await_start(starter)
    except BaseException:
        starter.send_signal(signal.SIGINT)  # pg_ctl passes it on to the server
        starter.wait()
        raise
    if starter.returncode != 0:
        raise _failure(places)


def find_running(places: Places) -> Path | None:
    """The socket folder of the server that runs on the cluster, once it is ready."""
    waited = 0
    while (lines := _running(places)) and lines[-1].strip() != READY:
        if waited % QUIET_SECONDS == 0:
            _say(
                "Waiting for the database to stop."
                if lines[-1].strip() == STOPPING
                else STARTING
            )
        time.sleep(1)
        waited += 1
    return Path(lines[4]) if lines else None


def is_alive(places: Places) -> bool:
    """Whether a server, ready or not, runs on the cluster."""
    return bool(_running(places))


def halt(places: Places) -> None:
    """Stop the server; connections that are still open end."""
    for mode in ("fast", "immediate"):
        command = ("pg_ctl", "stop", "-s", "-w", "-t", STOP_SECONDS, "-m", mode)
        stopper = places.popen(
            *command, "-D", str(places.cluster), output=subprocess.DEVNULL
        )
        if stopper.wait() == 0 or not _running(places):
            return


def _refuse_other_version(places: Places) -> None:
    made_by = (places.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    with places.popen("postgres", "--version", output=subprocess.PIPE) as program:
        printed = program.communicate()[0].decode("ascii", "replace")
    if f" {made_by}." not in printed:
        raise Unavailable(
            "The database in {folder} was made by PostgreSQL {made_by}, "
            "but this is {installed}.",
            folder=places.cluster,
            made_by=made_by,
            installed=printed.strip(),
        )


def _running(places: Places) -> list[str]:
    """The eight lines of ``postmaster.pid`` while its process lives, else nothing.

    Source: PostgreSQL, src/include/utils/pidfile.h. A pid may have been given to
    another process since, so the process must work in the cluster.
    """
    try:
        text = (places.cluster / "postmaster.pid").read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    lines = text.splitlines()
    alive = bool(lines) and _works_here(int(lines[0]), places)
    # Less than eight lines: it has only just begun.
    return [*lines, *[""] * (8 - len(lines))] if alive else []


def _works_here(pid: int, places: Places) -> bool:
    try:
        return _is_of(psutil.Process(pid).as_dict(TRAITS), places)
    except psutil.NoSuchProcess:
        return False


def _processes(places: Places) -> list[psutil.Process]:
    """PostgreSQL's processes on this cluster."""
    found = psutil.process_iter(TRAITS)
    return [process for process in found if _is_of(process.info, places)]


def _is_of(traits: Mapping[str, str], places: Places) -> bool:
    """Whether a process is PostgreSQL's, which works in its data directory."""
    return (
        traits["cwd"] == str(places.cluster.resolve())
        and traits["name"].startswith("postgres")
        and traits["status"] != psutil.STATUS_ZOMBIE
    )


def _clear_remains(places: Places) -> None:
    """End what a killed server left, and the lock files that name its pid.

    A backend that outlives its postmaster keeps the shared memory and forbids the next
    start; killing it loses nothing that was committed. The lock files must go because
    a container gives the same small pids again.
    """
    orphans = _processes(places)
    for process in orphans:
        process.kill()
    psutil.wait_procs(orphans, timeout=QUIET_SECONDS)
    (places.cluster / "postmaster.pid").unlink(missing_ok=True)
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (places.sockets / name).unlink(missing_ok=True)


def _write_access(places: Places) -> None:
    """Who may connect: the user that runs FinTrack, known by the kernel's word."""
    person = pwd.getpwuid(os.geteuid()).pw_name
    _access_file(places, "hba").write_text(
        f"local all {SUPERUSER} peer map=fintrack\n", encoding="utf-8"
    )
    _access_file(places, "ident").write_text(
        f'fintrack "{person}" {SUPERUSER}\n', encoding="utf-8"
    )
    for kind in ("hba", "ident"):
        _access_file(places, kind).chmod(0o644)


def _access_file(places: Places, kind: str) -> Path:
    return places.home / f"pg_{kind}.conf"


def _settings(places: Places, options: Mapping[str, str]) -> str:
    """The server's command line, quoted for the shell that pg_ctl starts it through."""
    settings = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": f'"{places.sockets}"',
        "unix_socket_permissions": "0700",
        "hba_file": str(_access_file(places, "hba")),
        "ident_file": str(_access_file(places, "ident")),
        "timezone": "UTC",
        "log_timezone": "UTC",
        **options,
    }
    return shlex.join(
        word for name, value in settings.items() for word in ("-c", f"{name}={value}")
    )


def _await_start(starter: subprocess.Popen[bytes]) -> None:
    while True:
        try:
            starter.wait(timeout=QUIET_SECONDS)
        except subprocess.TimeoutExpired:
            _say(STARTING)
        else:
            return


def _failure(places: Places) -> Unavailable:
    log = (places.home / LOG).read_text(encoding="utf-8", errors="replace")
    return Unavailable(
        "The database in {folder} did not start: {reason}",
        folder=places.cluster,
        reason=" ".join(log.splitlines()[-5:]),
    )


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
