"""What an event says beside its name: which role, which words, which row."""

from collections.abc import Callable, Mapping
from datetime import datetime

from fintrack.core.actor import Role
from fintrack.core.formatting import format_number
from fintrack.services.trail.proving import read_problem
from fintrack.state.amounts import Reader
from fintrack.state.choices import KIND_NAMES, ROLE_NAMES

Words = Mapping[str, str]
POST = ("department", "position")


def add_words(name: str, what: str, words: Words, reader: Reader) -> str:
    """The name of an event of the kind ``what``, with what it says beside it."""
    more = _TELLERS[what](words, reader) if what in _TELLERS else ""
    return reader.say("{deed}: {more}", deed=name, more=more) if more else name


def _role(words: Words, reader: Reader) -> str:
    before, after = (
        reader.say(ROLE_NAMES[Role(words[name])]) if name in words else ""
        for name in ("before", "after")
    )
    return f"{before} → {after}" if before and after else ""


def _post(words: Words, reader: Reader) -> str:
    """The post before and since; an older event knows only the latter."""
    before, after = (
        ", ".join(filter(None, (words.get(name + when) for name in POST)))
        for when in ("_before", "")
    )
    if not before and POST[0] + "_before" not in words:
        return after
    none = reader.say("none")
    return f"{before or none} → {after or none}"


def _searched(words: Words, _reader: Reader) -> str:
    said = words.get("words", "")
    return f"“{said}”" if said else ""


def _trail(words: Words, reader: Reader) -> str:
    parts: list[str] = []
    if words.get("kind") in KIND_NAMES:
        parts.append(reader.say(KIND_NAMES[words["kind"]]))
    if "since" in words:
        parts.append(reader.say("from {when}", when=_moment(words["since"], reader)))
    if "until" in words:
        parts.append(reader.say("before {when}", when=_moment(words["until"], reader)))
    return ", ".join(parts)


def _verified(words: Words, reader: Reader) -> str:
    problem = read_problem(words)
    if problem is not None:
        return reader.say(problem.message, **dict(problem.values))
    rows = int(words.get("rows", 0))
    shown = format_number(rows, reader.language, decimals=0)
    return reader.count("one row is sound", "{rows} rows are sound", rows, rows=shown)


def _moment(said: str, reader: Reader) -> str:
    return reader.moment(datetime.fromisoformat(said))


_TELLERS: Mapping[str, Callable[[Words, Reader], str]] = {
    "role-changed": _role,
    "post-changed": _post,
    "people-searched": _searched,
    "trail-searched": _trail,
    "trail-verified": _verified,
}
