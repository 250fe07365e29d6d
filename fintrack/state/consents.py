"""What somebody agreed to, and the texts as they are today."""

import logging
from dataclasses import dataclass

import reflex as rx

from fintrack.core.consents import AGE, CURRENT, TERMS
from fintrack.core.errors import FinTrackError
from fintrack.core.text import language_name, message_id
from fintrack.services.commands import ask, perform
from fintrack.services.consents import GivenConsent, give_consent, list_consents
from fintrack.state.amounts import Reader
from fintrack.state.forms import new_key, reason_of
from fintrack.state.rows import Notice
from fintrack.state.session import actor_of, reader_of

_log = logging.getLogger(__name__)
TITLES = {
    TERMS: message_id("Terms"),
    AGE: message_id("I am 18 or older."),
}


@dataclass(frozen=True)
class TextRow:
    """A text as it is today; ``is_agreed`` says that this version was agreed to."""

    subject: str
    title: str
    detail: str
    agree_label: str
    is_agreed: bool


@dataclass(frozen=True)
class ConsentRow:
    """A yes that was given."""

    title: str
    detail: str


class ConsentsState(rx.State):
    """What the page shows."""

    status: str = "loading"
    texts: list[TextRow] = []
    given: list[ConsentRow] = []
    notice: Notice = Notice()

    @rx.event
    async def load(self) -> None:
        """Shows the consents of who asks."""
        self.notice = Notice()
        await self._read()

    @rx.event
    async def agree(self, subject: str) -> None:
        """Agrees to a text in the version that the page shows."""
        reader = await reader_of(self)
        version = CURRENT.get(subject, "")
        try:
            await perform(await actor_of(self), give_consent, subject, version)
        except FinTrackError as error:
            self.notice = Notice(new_key(), reason_of(error, reader.language), "bad")
        else:
            words = reader.say(message_id("Your consent is kept."))
            self.notice = Notice(new_key(), words)
        await self._read()

    async def _read(self) -> None:
        reader = await reader_of(self)
        try:
            found = await ask(await actor_of(self), list_consents)
        except Exception:  # noqa: BLE001 - the page offers a retry whatever failed
            _log.exception("The consents could not be loaded.")
            self.status = "failed"
            return
        agreed = {one.subject for one in found if one.is_current}
        self.texts = [
            _text_row(subject, reader, is_agreed=subject in agreed)
            for subject in CURRENT
        ]
        self.given = [_consent_row(one, reader) for one in found]
        self.status = "ready"


def _text_row(subject: str, reader: Reader, *, is_agreed: bool) -> TextRow:
    title = reader.say(TITLES[subject])
    return TextRow(
        subject,
        title,
        reader.say(message_id("Version {version}"), version=CURRENT[subject]),
        reader.say(message_id("Agree: {title}"), title=title),
        is_agreed,
    )


def _consent_row(one: GivenConsent, reader: Reader) -> ConsentRow:
    title = TITLES.get(one.subject)
    detail = message_id("Version {version}, read in {language} · {when}")
    return ConsentRow(
        reader.say(title) if title else one.subject,
        reader.say(
            detail,
            version=one.text_version,
            language=language_name(one.language),
            when=reader.moment(one.given_at),
        ),
    )
