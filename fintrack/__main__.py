"""``python -m fintrack``."""

import sys

from fintrack.cli.main import main

# A worker that the interpreter spawns (macOS) imports this module once more.
if __name__ == "__main__":
    sys.exit(main())
