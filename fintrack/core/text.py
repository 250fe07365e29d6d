"""Texts for people: an English message id becomes a sentence in their language.

A catalogue is ``fintrack/locale/<language>/LC_MESSAGES/fintrack.po``; English needs
none, it is the message id. It is read at its first use and kept. Only doors call
``translate``; everywhere else a message id travels with its values.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE = "en"
SUPPORTED = (SOURCE, "tr", "de", "fr", "es", "it")
PSEUDO = "xx"
"""Longer English for tests of the layout: never listed, made by a developer."""
BROWSER = "browser"
"""The remark in a catalogue on texts that the browser translates."""
LOCALE_DIR = Path(__file__).parents[1] / "locale"


def languages() -> tuple[str, ...]:
    """The languages one may choose: those whose catalogue has every text."""
    return tuple(
        language
        for language in SUPPORTED
        if language == SOURCE or _is_complete(language)
    )


def language_name(language: str) -> str:
    """What its speakers call it: English, Türkçe."""
    name = Locale.parse(language).get_display_name(language) or language
    return name[0].upper() + name[1:]


def message_id(message: str, /) -> str:
    """``message`` itself; marks a text that stands in a constant for the catalogue."""
    return message


def translate(message: str, language: str, /, **values: object) -> str:
    """The message in ``language`` (``tr`` or ``tr-TR``) with its values filled in.

    A text that the catalogue does not have, and an unknown language, give English.
    """
    found = _translations(_known(language)).gettext(message) if message else ""
    return found.format(**values)


def translate_plural(
    singular: str, plural: str, n: int, language: str, /, **values: object
) -> str:
    """The form that ``n`` takes in ``language``; ``{n}`` and other counts are grouped.

    What must not be, such as a year, is given as text.
    """
    known = _known(language)
    found = _translations(known).ngettext(singular, plural, n)
    shown = {
        name: _grouped(value, known) if isinstance(value, int) else value
        for name, value in {"n": n, **values}.items()
    }
    return found.format(**shown)


def browser_catalogue(language: str, root: Path = LOCALE_DIR) -> dict[str, str]:
    """The texts of pages and components by their English; English itself has none."""
    catalogue = read_catalogue(_known(language), root)
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id
        and is_translated(message.string)
        and not message.fuzzy
        and BROWSER in message.auto_comments
    }


def catalogue_path(language: str, root: Path = LOCALE_DIR) -> Path:
    """Where the catalogue of a language lies."""
    return root / language / "LC_MESSAGES" / "fintrack.po"


def read_catalogue(language: str, root: Path = LOCALE_DIR) -> Catalog:
    """The catalogue of a language, empty when there is none."""
    path = catalogue_path(language, root)
    locale = SOURCE if language == PSEUDO else language
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether a text of a catalogue, with all its plural forms, is there."""
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _grouped(count: int, language: str) -> str:
    """1,234 as people of a language write it."""
    locale = SOURCE if language == PSEUDO else language
    return format_decimal(count, locale=locale)


def _known(language: str) -> str:
    """The language without its region; what we do not speak is English.

    A language may come from a browser and becomes part of a path: the list is closed.
    """
    base = language.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return base if base in {*SUPPORTED, PSEUDO} else SOURCE


@cache
def _translations(language: str) -> NullTranslations:
    catalogue = read_catalogue(language)
    if len(catalogue) == 0:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _is_complete(language: str) -> bool:
    catalogue = read_catalogue(language)
    return len(catalogue) > 0 and all(
        is_translated(message.string) and not message.fuzzy
        for message in catalogue
        if message.id
    )
