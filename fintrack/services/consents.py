"""What somebody agreed to: which text, in which version, when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from fintrack.core.consents import CHANGED, CURRENT
from fintrack.core.errors import InvalidInput
from fintrack.models.codes import Consent
from fintrack.models.people import Person
from fintrack.services.commands import Work, command, question


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """A yes to one version of a text, in the language it was read in."""

    subject: str
    text_version: str
    language: str
    given_at: datetime

    @property
    def is_current(self) -> bool:
        """Whether this is the version that counts today."""
        return CURRENT.get(self.subject) == self.text_version


@question("consent.list")
async def list_consents(work: Work) -> tuple[GivenConsent, ...]:
    """The consents of who asks, newest first."""
    found = await work.session.scalars(
        select(Consent)
        .where(col(Consent.person_id) == work.person_id)
        .order_by(col(Consent.given_at).desc(), col(Consent.id).desc())
    )
    return tuple(
        GivenConsent(one.subject, one.text_version, one.language, one.given_at)
        for one in found
    )


@command("consent.give", final="that somebody said yes stays true")
async def give_consent(work: Work, subject: str, text_version: str) -> None:
    """Says yes to a text as it is today; a yes that was given before stays as it is.

    Raises:
        InvalidInput: there is no such text, or it has another version by now.
    """
    if subject not in CURRENT:
        raise InvalidInput("There is no such text.", field="subject")
    if CURRENT[subject] != text_version:
        raise InvalidInput(CHANGED, field="text_version")
    person = await work.session.get_one(Person, work.person_id)
    await work.session.execute(
        insert(Consent)
        .values(
            person_id=person.id,
            subject=subject,
            text_version=text_version,
            language=person.language,
            given_at=work.now,
        )
        .on_conflict_do_nothing()
    )
