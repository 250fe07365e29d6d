"""Money as rows for the page: formatted for one reader."""

from dataclasses import dataclass
from datetime import date, datetime
from sys import intern
from zoneinfo import ZoneInfo

from fintrack.core.formatting import money_parts, near_day, relative_day
from fintrack.core.money import Money
from fintrack.core.text import translate, translate_plural
from fintrack.state.rows import Amount


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: language, today in their time zone, and how their weeks run."""

    language: str = "en"
    time_zone: str = "UTC"
    today: date = date(2026, 1, 1)
    week_start: int = 0
    month_start: int = 1
    base_currency: str = "EUR"

    def say(self, message: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return translate(message, self.language, **values)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """A sentence with a number in the reader's language."""
        return translate_plural(one, many, n, self.language, **values)

    def day(self, day: date) -> str:
        """A day as people say it: Today, Yesterday, or its date."""
        return relative_day(day, self.today, self.language)

    def on_day(self, day: date) -> str:
        """A day inside a sentence: "on Tomorrow" says nobody."""
        return near_day(day, self.today, self.language)

    def moment(self, at: datetime) -> str:
        """An instant as a day and the time on the reader's clock."""
        local = at.astimezone(ZoneInfo(self.time_zone))
        return f"{self.day(local.date())}, {local:%H:%M}"


def amount_row(
    money: Money, language: str, *, tone: str = "", plus: bool = False
) -> Amount:
    """``money`` cut for the page; ``plus`` writes the sign of income.

    What many amounts have in common is held once for all of them.
    """
    parts = money_parts(money, language, plus=plus)
    is_code = parts.symbol == money.currency
    before = parts.symbol + parts.gap if parts.symbol_first else ""
    after = "" if parts.symbol_first else parts.gap + parts.symbol
    return Amount(
        major=parts.major,
        minor=intern(parts.minor),
        sign=parts.sign,
        before="" if is_code else intern(before),
        after="" if is_code else intern(after),
        code=f"\u00a0{parts.symbol}" if is_code else "",
        tone=tone,
    )
