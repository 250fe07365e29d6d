"""``serve``: database, migrations and one granian process, until Ctrl+C.

The parent holds the database and forks a watcher of it and the worker that serves; it
must have neither a thread nor a connection at these moments.
"""

import contextlib
import ctypes
import errno
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial

from fintrack.cli.databases import (
    DatabaseUrls,
    databases,
    find_master_key,
    run_with,
    worker_environment,
)
from fintrack.cli.frontend import ensure_frontend
from fintrack.cli.keeping_alive import kept_alive, print_line
from fintrack.cli.process_log import install_log, is_json
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.core.settings import Settings, read_settings
from fintrack.services.data_folder import make_data_folder
from fintrack.services.mail.choosing import choose_transport

MAX_PORT = 65535
# Source: prctl(2), linux/prctl.h.
PR_SET_PDEATHSIG = 1
# Jobs have five seconds to end, and answers that are under way a few more.
WORKER_SECONDS = 15
LOOK_SECONDS = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# What granian frees goes back to the system at once. Otherwise it keeps the buffers of
# sockets that have closed, 130 KB each, until others open.
GRANIAN_MEMORY = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:0"}


def serve() -> int:
    """Serve until a signal; the exit code is 0 after Ctrl+C and SIGTERM."""
    with stop_requests() as was_asked_to_stop:
        try:
            settings = read_settings()
            install_log(settings.log_format)
            refuse_taken_port(settings.host, settings.port)
            choose_transport(settings.smtp_url, settings.smtp_from, sys.stdout)
            make_data_folder(settings.data_dir)
            ensure_frontend()
            with databases(settings, log_may_be_away=True) as urls:
                watch_forks()
                with kept_alive(urls.server):
                    _run(settings, urls)
        except (KeyboardInterrupt, SystemExit):
            # granian calls its worker crashed when Ctrl+C reached it first.
            if not was_asked_to_stop():
                raise
    return 0


@contextlib.contextmanager
def stop_requests() -> Iterator[Callable[[], bool]]:
    """A question whether SIGINT or SIGTERM has come, whoever handles the signals."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield lambda: bool({*_received(reader)} & {*STOP_SIGNALS})
    finally:
        signal.set_wakeup_fd(-1)
        os.close(reader)
        os.close(writer)


def refuse_taken_port(host: str, port: int) -> None:
    """Say what to do about an address that cannot be listened on.

    Raises:
        Conflict: another program listens there.
        InvalidInput: the address cannot be used at all.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Conflict(
                "Port {port} is in use by another program. "
                "Choose another one: make run PORT={other}",
                port=port,
                other=port + 1 if port < MAX_PORT else port - 1,
            ) from error
        raise InvalidInput(
            "{host}, port {port}, cannot be used: {reason}",
            field="host",
            host=host,
            port=port,
            reason=error.strerror,
        ) from error


def _received(reader: int) -> bytes:
    try:
        return os.read(reader, 512)
    except BlockingIOError:
        return b""


def _run(settings: Settings, urls: DatabaseUrls) -> None:
    """Serve with granian in this process until it is told to stop."""
    key = run_with(urls, partial(find_master_key, settings))
    os.environ |= {
        **worker_environment(urls, key, made_here=not settings.master_key),
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_LOG_JSON": str(is_json(settings.log_format, sys.stderr)).lower(),
        "__REFLEX_SKIP_COMPILE": "true",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        **GRANIAN_MEMORY,
    }
    _mend_granian()
    # The port, the build and the database come without Reflex.
    from reflex.utils.exec import run_backend_prod  # noqa: PLC0415 - imported late
    from reflex_base.constants import LogLevel  # noqa: PLC0415 - as above

    if threading.active_count() > 1:
        raise RuntimeError(f"Threads before the fork: {threading.enumerate()}")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print_line(f"FinTrack runs on http://{host}:{settings.port} (Ctrl+C stops it)")
    run_backend_prod(
        settings.host,
        settings.port,
        LogLevel.WARNING,
        mount_frontend_compiled_app=True,
    )


class WakefulEvent(threading.Event):
    """Waits with open eyes.

    A signal that another thread took does not wake the main one, where Python handles
    it: of two that come at once the second could wait for a third.
    """

    def wait(self, timeout: float | None = None) -> bool:
        """As that of an event, but a signal is handled within a second."""
        if timeout is not None:
            return super().wait(timeout)
        while not super().wait(LOOK_SECONDS):
            pass
        return True


def _mend_granian() -> None:
    """Reflex starts it without a way to say so.

    A worker that does not end when it is told to would hold the database for good.
    """
    from granian import server  # noqa: PLC0415 - imported late, as Reflex is

    bounded = partial(server.Server, workers_kill_timeout=WORKER_SECONDS)

    def mended(*given: object, **named: object) -> object:
        made = bounded(*given, **named)  # type: ignore[arg-type] # Reflex's own
        made.main_loop_interrupt = WakefulEvent()
        return made

    setattr(server, "Server", mended)  # noqa: B010 - a class has no such type


def watch_forks() -> None:
    """Let each child end when it is asked to, and when this process is killed.

    Until a worker listens itself it would do with a signal what its parent does: note
    it, and go on; the parent would wait for it for good.
    """
    stop = (signal.SIGTERM,)
    release = partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, stop)
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, stop),
        after_in_parent=release,
        after_in_child=partial(_begin_as_child, os.getpid(), release),
    )


def _begin_as_child(parent: int, release: Callable[[], object]) -> None:
    """One whose parent is gone would hold the port for good.

    Linux only: elsewhere workers are not forked.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    release()
    if sys.platform == "linux" and os.getppid() == parent:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
