"""How a person likes FinTrack: words, days, looks, notices, the ledger's currency."""

from dataclasses import dataclass

from sqlmodel import col, select

from fintrack.core.actor import LedgerRole
from fintrack.core.currency import find_current
from fintrack.core.errors import InvalidInput, NotAllowed, NotFound, Problem
from fintrack.core.notices import NOTICES, in_order
from fintrack.core.period import LAST_MONTH_START
from fintrack.core.person_name import check_first_name, check_last_name
from fintrack.core.text import languages, message_id
from fintrack.core.time_zones import time_zones
from fintrack.models.ledger import Ledger
from fintrack.models.people import Person
from fintrack.services.commands import Work, command, question
from fintrack.services.ledger import rows
from fintrack.services.new_people import findings

APPEARANCES = ("light", "dark", "system")
CHOOSE_APPEARANCE = "person.choose_appearance"
DAYS_OF_WEEK = 7
CHOOSE = message_id("Please choose one.")
WORDS = {
    "language": message_id("This language is not spoken here yet."),
    "time_zone": message_id("This time zone is not known."),
    "base_currency": message_id("This currency is not known."),
    "notices": message_id("There is no such switch."),
}


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """All settings of a person; ``version`` is that of the row they were read from.

    ``appearance`` is one of ``APPEARANCES``, or empty where nobody has chosen yet.
    ``week_starts_on`` is 0 for Monday to 6 for Sunday, ``month_starts_on`` 1 to 28;
    ``notices`` are those of ``core.notices`` that are switched on.
    """

    first_name: str
    last_name: str
    language: str
    appearance: str
    time_zone: str
    week_starts_on: int
    month_starts_on: int
    base_currency: str
    notices: tuple[str, ...]
    version: int


@question("person.settings", ledger=LedgerRole.VIEWER)
async def find_settings(work: Work) -> PersonSettings:
    """The settings of who asks, with the base currency of the ledger at work."""
    return _to_settings(await _own_person(work), await _ledger(work))


@command(
    "person.configure",
    ledger=LedgerRole.VIEWER,
    final="settings are set back where they were set",
)
async def configure(work: Work, wanted: PersonSettings) -> PersonSettings:
    """Keeps new settings; only the owner of a ledger changes its base currency.

    Raises:
        InvalidInput: with every finding, each on its field.
        StaleVersion: they were changed since they were read.
        NotAllowed: the base currency of somebody else's ledger.
    """
    person, ledger = await _lock_own_person(work), await _ledger(work)
    _check(wanted, person.time_zone)
    rows.check_version(person.version, wanted.version)
    person.first_name = wanted.first_name.strip()
    person.last_name = wanted.last_name.strip()
    person.language = wanted.language
    person.appearance = wanted.appearance
    person.time_zone = wanted.time_zone
    person.week_starts_on = wanted.week_starts_on
    person.month_starts_on = wanted.month_starts_on
    person.notices = list(in_order(wanted.notices))
    person.version += 1
    if ledger.base_currency != wanted.base_currency:
        if work.actor.ledger_role < LedgerRole.OWNER:
            raise NotAllowed
        ledger.base_currency = wanted.base_currency
        ledger.version += 1
    await work.session.flush()
    return _to_settings(person, ledger)


@command(CHOOSE_APPEARANCE, final="another choice takes its place")
async def choose_appearance(work: Work, appearance: str) -> None:
    """Keeps one of ``APPEARANCES`` for all devices of the person.

    It asks for no version, for it is chosen at any time, and raises it: who keeps all
    settings must have seen it.

    Raises:
        InvalidInput: there is no such appearance.
    """
    if appearance not in APPEARANCES:
        raise InvalidInput(CHOOSE, field="appearance")
    person = await _lock_own_person(work)
    person.appearance = appearance
    person.version += 1
    await work.session.flush()


async def _own_person(work: Work) -> Person:
    return await work.session.get_one(Person, work.person_id)


async def _lock_own_person(work: Work) -> Person:
    """Of two changes at once the second sees the version of the first."""
    return await work.session.get_one(Person, work.person_id, with_for_update=True)


async def _ledger(work: Work) -> Ledger:
    query = select(Ledger).where(col(Ledger.id) == work.ledger_id)
    ledger = await work.session.scalar(query)
    if ledger is None:
        raise NotFound
    return ledger


def _to_settings(person: Person, ledger: Ledger) -> PersonSettings:
    return PersonSettings(
        first_name=person.first_name,
        last_name=person.last_name,
        language=person.language,
        appearance=person.appearance,
        time_zone=person.time_zone,
        week_starts_on=person.week_starts_on,
        month_starts_on=person.month_starts_on,
        base_currency=ledger.base_currency,
        notices=in_order(person.notices),
        version=person.version,
    )


def _check(wanted: PersonSettings, kept_zone: str) -> None:
    """Checks all fields; a zone that is not offered any more may stay."""
    good = {
        "language": wanted.language in languages(),
        "appearance": wanted.appearance in ("", *APPEARANCES),
        "time_zone": wanted.time_zone in (kept_zone, *time_zones()),
        "week_starts_on": 0 <= wanted.week_starts_on < DAYS_OF_WEEK,
        "month_starts_on": 1 <= wanted.month_starts_on <= LAST_MONTH_START,
        "base_currency": _is_currency(wanted.base_currency),
        "notices": set(wanted.notices) <= set(NOTICES),
    }
    problems = [
        *findings(check_first_name, wanted.first_name.strip()),
        *findings(check_last_name, wanted.last_name.strip()),
        *(
            Problem(WORDS.get(field, CHOOSE), field)
            for field, is_good in good.items()
            if not is_good
        ),
    ]
    if problems:
        raise InvalidInput.of(problems)


def _is_currency(code: str) -> bool:
    try:
        find_current(code)
    except InvalidInput:
        return False
    return True
