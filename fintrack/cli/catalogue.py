"""Keeps the catalogues of translations: ``python -m fintrack.cli.catalogue``.

``update`` brings the texts of the sources into every catalogue (``--start de`` makes a
new one), ``check`` names what is missing, left over, broken or not marked, ``export``
writes what the browser translates to ``assets/locales``.

It stands beside the command line, not in core: it reads sources and writes files.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

from fintrack.cli.extraction import BuiltText
from fintrack.cli.unmarked import unmarked_texts
from fintrack.core.text import (
    BROWSER,
    PSEUDO,
    SOURCE,
    SUPPORTED,
    browser_catalogue,
    catalogue_path,
    is_translated,
    read_catalogue,
)

ROOT = Path(__file__).parents[2]
# Single words, so that the longer text also wraps where a real one would.
_FILLER = "one two three four five six seven eight nine ten " * 20


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run one command on the checkout at ``root``; 1 when something is wrong."""
    chosen = _parser().parse_args(arguments)
    findings: list[str] = []
    try:
        template = extract_texts(root)
        if chosen.command == "update":
            update(template, root, languages=chosen.start)
        elif chosen.command == "export":
            export(template, root, pseudo=chosen.pseudo)
        else:
            findings = [*unmarked_texts(root), *check(template, root)]
    except BuiltText as error:
        findings = [str(error)]
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


def extract_texts(root: Path) -> Catalog:
    """Every text for people in the sources below ``root``.

    Raises:
        BuiltText: One of them is put together at run time.
    """
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(  # type: ignore[no-untyped-call]  # Babel's
            file, "babel.cfg"
        )
    template = Catalog(project="FinTrack")
    found = extract_from_dir(root, methods, options)
    for path, line, message, remarks, _context in found:
        template.add(
            message, locations=[(Path(path).as_posix(), line)], auto_comments=remarks
        )
    return template


def update(template: Catalog, root: Path, *, languages: Iterable[str] = ()) -> None:
    """Bring the texts into each catalogue; what the sources lost is dropped."""
    for language in {*languages, *_present(root)}:
        catalogue = read_catalogue(language, _locale_dir(root))
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        _write(catalogue, language, root)


def check(template: Catalog, root: Path) -> list[str]:
    """One sentence for each text that is missing, left over or broken."""
    return [
        f"{language}: {finding}"
        for language in _present(root)
        for finding in _findings(template, read_catalogue(language, _locale_dir(root)))
    ]


def export(template: Catalog, root: Path, *, pseudo: bool = False) -> None:
    """Write ``assets/locales/<language>.json``; English is empty but there.

    The pseudo-language is made anew, with a catalogue of its own for the server.
    """
    languages = [SOURCE, *_present(root)]
    if pseudo:
        _write(_pseudo_catalogue(template), PSEUDO, root)
        languages.append(PSEUDO)
    folder = root / "assets" / "locales"
    folder.mkdir(parents=True, exist_ok=True)
    for language in languages:
        texts = browser_catalogue(language, _locale_dir(root))
        content = json.dumps(texts, ensure_ascii=False, indent=0, sort_keys=True)
        (folder / f"{language}.json").write_text(content + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fintrack.cli.catalogue")
    commands = parser.add_subparsers(dest="command", required=True)
    updating = commands.add_parser("update", help="bring new texts into the catalogues")
    updating.add_argument(
        "--start",
        action="append",
        choices=SUPPORTED[1:],
        default=[],
        help="a language that has no catalogue yet",
    )
    commands.add_parser("check", help="name what is missing, left over or broken")
    exporting = commands.add_parser("export", help="write the texts of the browser")
    exporting.add_argument(
        "--pseudo", action="store_true", help=f"also {PSEUDO}, a third longer"
    )
    return parser


def _findings(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    for wanted in _texts(template):
        if fault := _fault(catalogue.get(wanted.id), wanted):
            yield f"{fault}: {_first(wanted.id)}"
    for left in [*_texts(catalogue), *catalogue.obsolete.values()]:
        if template.get(left.id) is None:
            yield f"obsolete: {_first(left.id)}"


def _fault(message: Message | None, wanted: Message) -> str:
    """What is wrong with a translation, or nothing."""
    if message is None or message.fuzzy or not is_translated(message.string):
        fault = "missing"
    elif message.pluralizable != wanted.pluralizable:
        fault = "one has plural forms, the other not"
    elif not _same_placeholders(message):
        fault = "other placeholders"
    elif BROWSER in wanted.auto_comments and _placeholders(_first(wanted.id)):
        fault = "the browser fills in no values"
    elif set(message.auto_comments) != set(wanted.auto_comments):
        fault = "now for another reader, run update"
    else:
        fault = ""
    return fault


def _same_placeholders(message: Message) -> bool:
    """The last form has all placeholders; the others may leave some out (one row)."""
    wanted = _placeholders(_forms(message.id)[-1])
    *others, last = (_placeholders(form) for form in _forms(message.string))
    return (
        wanted is not None
        and last == wanted
        and all(other is not None and other <= wanted for other in others)
    )


def _placeholders(text: str) -> frozenset[str] | None:
    """The names in braces, or None when a brace is open."""
    try:
        return frozenset(name for _, name, *_ in Formatter().parse(text) if name)
    except ValueError:
        return None


def _pseudo_catalogue(template: Catalog) -> Catalog:
    catalogue = Catalog(locale=SOURCE, project="FinTrack")
    for message in _texts(template):
        forms = tuple(_longer(form) for form in _forms(message.id))
        catalogue.add(
            message.id,
            forms if message.pluralizable else forms[0],
            auto_comments=message.auto_comments,
        )
    return catalogue


def _longer(text: str) -> str:
    """A third longer; the brackets show where a text was cut or not translated."""
    return f"[{text} {_FILLER[: -(-len(text) // 3)].rstrip()}]"


def _write(catalogue: Catalog, language: str, root: Path) -> None:
    path = catalogue_path(language, _locale_dir(root))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # No line numbers and no header with its date: a catalogue changes with its
        # texts only. The plural rule comes from the language.
        write_po(
            file,
            catalogue,
            width=88,
            sort_output=True,
            ignore_obsolete=True,
            include_lineno=False,
            omit_header=True,
        )


def _present(root: Path) -> list[str]:
    """The languages that have a catalogue."""
    folder = _locale_dir(root)
    return [name for name in SUPPORTED if catalogue_path(name, folder).exists()]


def _locale_dir(root: Path) -> Path:
    return root / "fintrack" / "locale"


def _texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _first(text: str | Sequence[str]) -> str:
    return _forms(text)[0]


if __name__ == "__main__":
    sys.exit(main())
