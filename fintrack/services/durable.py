"""What a power failure must not take back."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Takes the names in ``folder`` to the disk: files made, renamed or removed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
