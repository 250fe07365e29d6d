"""What somebody was denied, in words: a command, or a page and what it asks for."""

import re

from fintrack.core.text import message_id
from fintrack.state.amounts import Reader
from fintrack.state.command_names import COMMAND_NAMES

REFUSED = message_id("Refused: {what}")
# By the module of a page's state, and by the first word of a question.
STAFF_PAGES = {
    "overview": message_id("Overview"),
    "users": message_id("Users"),
    "person": message_id("Person"),
    "jobs": message_id("Jobs"),
    "mail": message_id("Mail"),
    "rates": message_id("Rates"),
    "trail": message_id("Trail"),
}
AREAS = {
    "account": message_id("Accounts"),
    "attachment": message_id("Attachments"),
    "books": message_id("Import"),
    "category": message_id("Categories"),
    "change": message_id("History"),
    "currency": message_id("Currencies"),
    "dashboard": message_id("Dashboard"),
    "import": message_id("Import"),
    "job": message_id("Jobs"),
    "ledger": message_id("Settings"),
    "mail": message_id("Mail"),
    "networth": message_id("Net worth"),
    "payee": message_id("Payees"),
    "person": message_id("Settings"),
    "rate": message_id("Rates"),
    "rates": message_id("Rates"),
    "reconciliation": message_id("Reconciliation"),
    "recurring": message_id("Recurring"),
    "review": message_id("Review"),
    "rule": message_id("Rules"),
    "staff": message_id("Staff area"),
    "tag": message_id("Tags"),
    "template": message_id("Templates"),
    "trail": message_id("Trail"),
    "transaction": message_id("Transactions"),
}
# Reflex names a handler by the module of its state, written so.
_STAFF_HANDLER = re.compile(r"\.admin___state___([a-z_]+?)____")


def name_refused(refused: str, reader: Reader) -> str:
    """What was refused; ``refused`` names commands, questions or handlers."""
    names = (_name(one, reader) for one in refused.split(", "))
    return reader.say(REFUSED, what=", ".join(dict.fromkeys(names)))


def _name(refused: str, reader: Reader) -> str:
    if refused in COMMAND_NAMES:
        return reader.say(COMMAND_NAMES[refused])
    page = _STAFF_HANDLER.search(refused)
    if page and page[1] in STAFF_PAGES:
        name = reader.say(STAFF_PAGES[page[1]])
        return reader.say("page of the staff “{page}”", page=name)
    area = AREAS.get(refused.partition(".")[0])
    return reader.say(area) if area else refused
