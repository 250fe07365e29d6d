"""What each command does, in one plain line for whoever asks for help."""

HELP = (["-h"], ["--help"])
ABOUT = {
    "serve": "Run FinTrack: database, pages and REST API, until Ctrl+C.",
    "migrate": "Bring both databases to the newest revision.",
    "check": "Prove the books; ends with 1 when something is broken.",
    "create-admin": "Make the first admin from the terminal.",
    "sample-data": "Add eighteen months of sample data to the first admin's books.",
    "backup": "Write one encrypted file of both databases and all stored files.",
    "restore": "Bring a backup into an empty place, and prove it.",
    "audit": "Verify the audit trail; names the first row that was changed.",
    "new-key": "Print a fresh master key; it is kept nowhere.",
    "change-key": "Put a new master key in the place of the one in use.",
    "build": "Build the front end when its sources have changed.",
    "dev": "Run with hot reload, for work on FinTrack itself.",
}


def list_commands() -> str:
    """All commands, the daily ones first, a line for each."""
    width = max(map(len, ABOUT)) + 2
    lines = (f"  {name:{width}}{about}" for name, about in ABOUT.items())
    return "\n".join(("commands:", *lines))
