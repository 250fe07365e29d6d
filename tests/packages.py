"""Packages of the system that tests need; they are installed where we may."""

import os
import platform
import shutil
import subprocess

MOST_SECONDS = 600
# Two processes may want something at once, and a network may not answer.
APT = (
    *("apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"),
    *("-o", "Acquire::http::Timeout=30", "-o", "Acquire::Retries=3"),
)


def install(package: str) -> None:
    """As root, with apt; elsewhere nothing, and the test says what is missing."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quietly(*APT, "update")
        quietly(*APT, "install", "-y", "--no-install-recommends", package)


def system() -> str:
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return ""


def quietly(*command: str) -> subprocess.CompletedProcess[str]:
    """Runs to its end, which must come: a test that waits for ever says nothing."""
    return subprocess.run(  # noqa: S603 - fixed words and the program under test
        command,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=MOST_SECONDS,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
