"""The one layout of all letters: subject, text and HTML in the reader's language.

The templates hold no sentence and no value of their own; everything that comes in is
escaped by Jinja, values as well as translations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from fintrack.core.text import languages, message_id, translate
from fintrack.services.mail.kinds import CODE, KINDS
from fintrack.services.mail.transport import one_line

MAX_VALUE = 200
FOOTER = message_id("FinTrack wrote this mail by itself. Replies are not read.")

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(["html"], default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a person reads: the subject, and the same letter as text and as HTML."""

    language: str
    subject: str
    text: str
    html: str


def render_letter(kind: str, language: str, values: Mapping[str, str]) -> Rendered:
    """The letter of this kind; a value is one line and at most 200 characters.

    Raises:
        KeyError: the kind is unknown or one of its values is missing.
    """
    spec = KINDS[kind]
    spoken = _spoken(language)
    shown = {name: one_line(value, MAX_VALUE) for name, value in values.items()}

    def say(*messages: str) -> list[str]:
        return [translate(message, spoken, **shown) for message in messages]

    (subject,) = say(spec.subject)
    words = {
        "language": spoken,
        "subject": subject,
        "paragraphs": say(*spec.paragraphs),
        "code": shown[CODE] if spec.code else "",
        "closing": say(*spec.closing),
        "footer": translate(FOOTER, spoken),
    }
    text, html = (
        _TEMPLATES.get_template(name).render(words)
        for name in ("letter.txt", "letter.html")
    )
    return Rendered(spoken, subject, text, html)


def _spoken(language: str) -> str:
    """The language that the letter is written in: the wanted one, or English."""
    base = language.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return base if base in languages() else "en"
