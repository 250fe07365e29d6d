"""The settings of a person; one form, kept at once."""

import re

import reflex as rx
from babel.dates import get_day_names

from fintrack.core.errors import FinTrackError, StaleVersion
from fintrack.core.text import language_name, languages, message_id
from fintrack.core.time_zones import time_zones
from fintrack.services import session_directory
from fintrack.services.commands import ask, perform
from fintrack.services.people import (
    DAYS_OF_WEEK,
    PersonSettings,
    configure,
    find_settings,
)
from fintrack.state.amounts import Reader
from fintrack.state.choices import Choice, currency_choice
from fintrack.state.currency_offers import CurrencyOffers
from fintrack.state.forms import errors_by_field, new_key, send_again
from fintrack.state.rows import Difference, Notice
from fintrack.state.session import actor_of, reader_of
from fintrack.state.settings_clash import differences_of

MONTH_STARTS = range(1, 29)
FIELDS = ("first_name", "last_name", "language", "time_zone", "base_currency")
NUMBERS = ("week_starts_on", "month_starts_on")
# The id of the button.
SAVE = "save"
_NUMBER = re.compile(r"[0-9]{1,2}")
# Only languages of the closed list are put in, never a text of somebody's.
RELOAD_IN = {
    language: (
        f"document.cookie='fintrack_language={language};path=/;"
        "max-age=31536000;samesite=lax';location.reload()"
    )
    for language in languages()
}


class SettingsState(CurrencyOffers, rx.State):
    """What the form shows; its texts stay while they are wrong.

    ``revision`` is new when the form drops what was typed into it.
    """

    is_ready: bool = False
    failure: str = ""
    values: dict[str, str] = {}
    errors: dict[str, str] = {}
    differences: list[Difference] = []
    revision: str = ""
    languages: list[Choice] = []
    time_zones: list[str] = []
    currency_label: str = ""
    week_days: list[Choice] = []
    notice: Notice = Notice()

    _typed: dict[str, str] = {}
    _version: int = 0
    _theirs: int = 0

    @rx.event
    async def load(self) -> None:
        """Reads the settings and what can be chosen."""
        reader = await reader_of(self)
        settings = await ask(await actor_of(self), find_settings)
        self.languages = [Choice(code, language_name(code)) for code in languages()]
        names = get_day_names("wide", "stand-alone", reader.language)
        self.week_days = [Choice(str(n), names[n]) for n in range(DAYS_OF_WEEK)]
        self._show(settings, reader)
        self.notice = Notice()

    @rx.event
    async def save(self, form: dict[str, str]) -> rx.event.EventSpec | None:
        """Keeps the form; another language loads the page again."""
        self._typed = form
        return await self._save()

    @rx.event
    async def keep_mine(self) -> rx.event.EventSpec | None:
        """Saves what stands in the form now over what another tab saved."""
        if not self._theirs:
            return None
        self._version, self._theirs = self._theirs, 0
        return send_again()

    @rx.event
    async def take_theirs(self) -> rx.event.EventSpec | None:
        """Shows what another tab saved in place of what was typed."""
        if not self._theirs:
            return None
        language = self.values["language"]
        settings = await ask(await actor_of(self), find_settings)
        self._show(settings, await reader_of(self))
        self.revision = new_key()
        if settings.language != language:
            return rx.call_script(RELOAD_IN[settings.language])
        return rx.set_focus(SAVE)

    @rx.event
    async def picture_changed(self, is_kept: bool) -> None:
        """Says so; the guard has read the person anew before."""
        reader = await reader_of(self)
        done = (
            message_id("Your picture is kept.")
            if is_kept
            else message_id("Your picture is erased.")
        )
        self.notice = Notice(new_key(), reader.say(done))

    async def _save(self) -> rx.event.EventSpec | None:
        reader, actor = await reader_of(self), await actor_of(self)
        self.errors, self.differences, self._theirs = {}, [], 0
        before = await ask(actor, find_settings)
        wanted = _read(self._typed, before, self._version)
        try:
            done = await perform(actor, configure, wanted)
        except StaleVersion:
            return await self._show_clash(wanted, reader)
        except FinTrackError as error:
            self.errors = errors_by_field(error, reader.language)
            return None
        if actor.person_id is not None:
            session_directory.current().forget_person(actor.person_id)
        language = self.values["language"]
        self._show(done.value, reader)
        if done.value.language != language:
            return rx.call_script(RELOAD_IN[done.value.language])
        self.notice = Notice(new_key(), _saved(reader))
        return None

    async def _show_clash(
        self, mine: PersonSettings, reader: Reader
    ) -> rx.event.EventSpec | None:
        """Sets what another tab saved beside what was typed."""
        theirs = await ask(await actor_of(self), find_settings)
        self._theirs = theirs.version
        if _shown(theirs) != self.values:
            self.differences = differences_of(mine, theirs, reader)
        if self.differences:
            return None
        # What this form does not show was changed, or both wrote the same.
        self._version = self._theirs
        return await self._save()

    def _show(self, settings: PersonSettings, reader: Reader) -> None:
        self.values = _shown(settings)
        self.time_zones = _zones_with(settings.time_zone)
        self.currency_label = currency_choice(settings.base_currency, reader).label
        self._version, self._theirs = settings.version, 0
        self.errors, self.differences = {}, []
        self.is_ready = True


def _shown(settings: PersonSettings) -> dict[str, str]:
    """What the form shows of them."""
    return {name: str(getattr(settings, name)) for name in (*FIELDS, *NUMBERS)}


def _zones_with(kept: str) -> list[str]:
    """What can be chosen, and the one that is kept where it is not offered any more."""
    offered = time_zones()
    return list(offered) if kept in offered else [kept, *offered]


def _saved(reader: Reader) -> str:
    return reader.say(message_id("Your settings are saved."))


def _read(form: dict[str, str], before: PersonSettings, version: int) -> PersonSettings:
    """The form as settings; a number that is none becomes one that is refused."""
    texts = {name: form.get(name, "") for name in FIELDS}
    numbers = {
        name: int(text) if _NUMBER.fullmatch(text := form.get(name, "")) else -1
        for name in NUMBERS
    }
    return PersonSettings(
        **texts,
        appearance=before.appearance,
        notices=before.notices,
        week_starts_on=numbers["week_starts_on"],
        month_starts_on=numbers["month_starts_on"],
        version=version,
    )
