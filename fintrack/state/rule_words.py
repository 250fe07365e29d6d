"""Rules of what comes again as sentences."""

from fintrack.core.formatting import format_day, weekday_names
from fintrack.core.recurrence import Pattern, Rule
from fintrack.core.text import message_id
from fintrack.state.amounts import Reader

# Each one, and each so many; no language that we speak has more forms from two on.
WORDS = {
    Pattern.DAYS: (message_id("Daily"), message_id("Every {n} days")),
    Pattern.WEEKS: (
        message_id("Every week on {weekday}"),
        message_id("Every {n} weeks on {weekday}"),
    ),
    Pattern.MONTH_DAY: (
        message_id("Every month on day {day}"),
        message_id("Every {n} months on day {day}"),
    ),
    Pattern.MONTH_LAST: (
        message_id("Every month on the last day"),
        message_id("Every {n} months on the last day"),
    ),
    Pattern.MONTH_WEEKDAY: (
        message_id("Every month on the {week} {weekday}"),
        message_id("Every {n} months on the {week} {weekday}"),
    ),
    Pattern.YEARS: (
        message_id("Every year on {date}"),
        message_id("Every {n} years on {date}"),
    ),
}
# In the order of their numbers; the fifth is the last.
WEEKS = (
    message_id("first"),
    message_id("second"),
    message_id("third"),
    message_id("fourth"),
    message_id("last"),
)


def rule_words(rule: Rule, reader: Reader) -> str:
    """How often it comes and on which day: Every 2 weeks on Tuesday."""
    each, each_of_many = WORDS[rule.pattern]
    by_week = rule.pattern is Pattern.WEEKS
    weekday = rule.starts_on.weekday() if by_week else rule.weekday
    return reader.say(
        each if rule.every == 1 else each_of_many,
        n=rule.every,
        day=rule.day,
        week=reader.say(WEEKS[rule.week - 1]),
        weekday=weekday_names(reader.language)[weekday],
        date=format_day(rule.starts_on, reader.language, "day"),
    )
