"""What two tabs wrote into one person's settings, side by side."""

from babel.dates import get_day_names

from fintrack.core.text import language_name, message_id
from fintrack.services.people import PersonSettings
from fintrack.state.amounts import Reader
from fintrack.state.choices import currency_choice
from fintrack.state.rows import Difference

# In the order of the form.
_LABELS = {
    "first_name": message_id("First name"),
    "last_name": message_id("Last name"),
    "base_currency": message_id("Base currency"),
    "language": message_id("Language"),
    "time_zone": message_id("Time zone"),
    "week_starts_on": message_id("Weeks start on"),
    "month_starts_on": message_id("Months start on day"),
}


def differences_of(
    mine: PersonSettings, theirs: PersonSettings, reader: Reader
) -> list[Difference]:
    """The fields of the form in which they differ, as the form says them."""
    own, other = _words(mine, reader), _words(theirs, reader)
    return [
        Difference(reader.say(label), own[name], other[name])
        for name, label in _LABELS.items()
        if own[name] != other[name]
    ]


def _words(settings: PersonSettings, reader: Reader) -> dict[str, str]:
    days = get_day_names("wide", "stand-alone", reader.language)
    return {
        "first_name": settings.first_name.strip(),
        "last_name": settings.last_name.strip(),
        "base_currency": currency_choice(settings.base_currency, reader).label,
        "language": language_name(settings.language),
        "time_zone": settings.time_zone,
        "week_starts_on": days[settings.week_starts_on],
        "month_starts_on": str(settings.month_starts_on),
    }
