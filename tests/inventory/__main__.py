"""``python -m tests.inventory``: writes both lists anew, for a reviewer to read.

With ``--check`` it writes nothing, and fails where they are not what runs.
"""

import sys

from tests.inventory.listing import (
    HANDLERS,
    ROUTES,
    differences,
    list_handlers,
    list_routes,
)

if __name__ == "__main__":
    runs = {HANDLERS: list_handlers(), ROUTES: list_routes()}
    if sys.argv[1:] == ["--check"]:
        found = [line for path in runs for line in differences(path, runs[path])]
        sys.exit("\n".join(found) or None)
    for path, lines in runs.items():
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
