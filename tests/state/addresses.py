"""Addresses that name what is somebody else's, for handlers that read theirs."""

from tests.state.reaches import ACCOUNT, CATEGORY

_PATH = "/accounts/" + ACCOUNT
# Handlers without parameters read what the address says: all of it is theirs here.
QUERY = {
    "account": ACCOUNT,
    "category": CATEGORY,
    "preview": "{theirs.preview_id}",
    "import": "{theirs.import_id}",
    "rule": "{theirs.rule_id}",
    "tag": "{theirs.tag_id}",
    "template": "{theirs.template_id}",
    "change": "{theirs.change_id}",
    "transaction": "{theirs.transaction_id}",
    "session": "{theirs.session_id}",
    "before": "2026-03-05.{theirs.transaction_id}",
    "person": "{theirs.person_id}",
    "q": "{mark}",
    "period": "all",
    "next": _PATH,
    "new": "1",
}
PATHS = (_PATH, "/?" + "&".join(f"{name}={text}" for name, text in QUERY.items()))
# What would spoil the tester's own books, and reads nothing of the address.
DESTRUCTIVE = {"start_sample", "start_import", "undo_last", "remove_sample"}
