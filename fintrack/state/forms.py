"""What every form needs: its key, its errors beside the fields, its text parsed."""

import logging
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

import reflex as rx

from fintrack.core.amount_text import COMMA, POINT, NumberStyle, evaluate
from fintrack.core.currency import find_currency
from fintrack.core.day_text import NO_DAY, NO_SUCH_DAY
from fintrack.core.errors import FinTrackError, InvalidInput, Problem
from fintrack.core.formatting import decimal_separator
from fintrack.core.money import Money
from fintrack.core.saying import say

# The button that was pressed goes with the versions; the focus stays in the form.
SEND_AGAIN: Final = (
    "(() => { const form = document.querySelector('.conflict')?.closest('form');"
    "form?.querySelector('[type=submit]')?.focus(); form?.requestSubmit(); })()"
)
# Else the keyboard would begin at the top of the page, as soon as what was pressed has
# gone. Dialogs see to it themselves, also one that is still on its way out; menus are
# there all the time.
KEEP_FOCUS: Final = (
    "(function look(times) { const title = document.querySelector('main h1');"
    " if (title && document.activeElement === document.body"
    " && !document.querySelector('[role$=\"dialog\"][data-state]')) {"
    " title.tabIndex = -1; title.focus({preventScroll: true}); }"
    " else if (times) setTimeout(look, 100, times - 1); })(20)"
)
T = TypeVar("T")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_log = logging.getLogger(__name__)


def new_key() -> str:
    """An idempotency key; a form makes one when it opens and after each success."""
    return uuid.uuid4().hex


@dataclass(slots=True)
class Findings:
    """Collects what is wrong with a form, so that all of it is shown at once."""

    problems: list[Problem] = field(default_factory=list)

    def note(self, error: FinTrackError, name: str) -> None:
        """Adds the findings of an error to the field ``name``."""
        self.problems += [
            Problem(found.message, name, found.values) for found in error.problems
        ]

    def read(self, name: str, reading: Callable[[], T], otherwise: T) -> T:
        """What ``reading`` gives; what it raises is noted under ``name``."""
        try:
            return reading()
        except InvalidInput as error:
            self.note(error, name)
            return otherwise

    def check(self) -> None:
        """Raises all findings together.

        Raises:
            InvalidInput: there is one.
        """
        if self.problems:
            raise InvalidInput.of(self.problems)


def errors_by_field(error: FinTrackError, language: str) -> dict[str, str]:
    """Sentences by field; those of the whole form stand under ``form``."""
    found: dict[str, str] = {}
    for problem in error.problems:
        found.setdefault(problem.field or "form", say(problem, language))
    return found


def reason_of(error: Exception, language: str) -> str:
    """Why a page could not be loaded; empty for what only the log understands."""
    if isinstance(error, FinTrackError):
        return " ".join(errors_by_field(error, language).values())
    _log.error("A page could not be loaded.", exc_info=error)
    return ""


def number_style(language: str) -> NumberStyle:
    """How people of this language write numbers."""
    return COMMA if decimal_separator(language) == "," else POINT


def read_money(text: str, currency: str, language: str, name: str = "amount") -> Money:
    """What somebody typed into an amount field, arithmetic included: ``12,50+3``.

    Raises:
        InvalidInput: under the field ``name``.
    """
    try:
        amount = evaluate(text, number_style(language), field=name)
        if "/" in text or "*" in text:
            # A computed amount is rounded; a typed one that is too fine is refused.
            amount = round(amount, find_currency(currency).exponent)
        return Money.from_decimal(amount, currency)
    except InvalidInput as error:
        findings = Findings()
        findings.note(error, name)
        findings.check()
        raise


def read_day(text: str, name: str = "on_date") -> date:
    """The day of a date field (``2026-11-18``).

    Raises:
        InvalidInput: under the field ``name``; 31 February does not exist.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = NO_SUCH_DAY if _ISO_DAY.fullmatch(text) else NO_DAY
        raise InvalidInput(words, field=name) from None


def read_id(text: str, name: str) -> int:
    """The id behind the choice of a select.

    Raises:
        InvalidInput: nothing was chosen.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004 - digits of a 64-bit number
        raise InvalidInput("Please choose one.", field=name)
    return int(text)


def send_again() -> rx.event.EventSpec:
    """The form in which two versions stand is sent, with all that was typed since."""
    return rx.call_script(SEND_AGAIN)


def keep_focus() -> rx.event.EventSpec:
    """The title takes the focus where what was pressed has gone with its row."""
    return rx.call_script(KEEP_FOCUS)
