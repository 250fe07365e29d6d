"""The time zones that people choose from: those of the system that name a clock.

One list for forms and programs, or a form would not show what a program had kept, and
keep another.
"""

from functools import cache
from typing import Final
from zoneinfo import available_timezones

# The machine's own zone, which is another on another machine, and the one that a clock
# shows which nobody has set.
_NO_PLACE: Final = frozenset({"localtime", "Factory"})


@cache
def time_zones() -> tuple[str, ...]:
    """Their names in the order of a list, short ones of before (``EST``) at its end."""
    names = available_timezones() - _NO_PLACE
    return tuple(sorted(names, key=lambda name: ("/" not in name, name)))
