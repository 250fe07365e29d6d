"""Packages of the system that tests need; they are installed where we may."""

import os
import platform
import shutil
import subprocess


def install(package: str) -> None:
    """As root, with apt; elsewhere nothing, and the test says what is missing."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quietly("apt-get", "-q", "update")
        quietly("apt-get", "-q", "install", "-y", "--no-install-recommends", package)


def system() -> str:
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return ""


def quietly(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - fixed words and the program under test
        command,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
