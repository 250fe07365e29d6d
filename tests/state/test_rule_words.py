"""Rules as sentences."""

from datetime import date

import pytest

from fintrack.core.recurrence import Pattern, Rule
from fintrack.state.amounts import Reader
from fintrack.state.rule_words import rule_words

START = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("rule", "english", "turkish"),
    [
        (Rule(Pattern.DAYS, START), "Daily", "Her gün"),
        (Rule(Pattern.DAYS, START, 10), "Every 10 days", "10 günde bir"),
        (
            Rule(Pattern.WEEKS, START, 2),
            "Every 2 weeks on Wednesday",
            "2 haftada bir, Çarşamba",
        ),
        (
            Rule(Pattern.MONTH_DAY, START, day=31),
            "Every month on day 31",
            "Her ayın 31. günü",
        ),
        (
            Rule(Pattern.MONTH_LAST, START, 3),
            "Every 3 months on the last day",
            "3 ayda bir, ayın son günü",
        ),
        (
            Rule(Pattern.MONTH_WEEKDAY, START, week=5, weekday=4),
            "Every month on the last Friday",
            "Her ayın son Cuma günü",
        ),
        (Rule(Pattern.YEARS, START), "Every year on Nov 18", "Her yıl, 18 Kas"),
    ],
)
def test_rule_is_said(rule: Rule, english: str, turkish: str) -> None:
    assert rule_words(rule, Reader("en")) == english
    assert rule_words(rule, Reader("tr")) == turkish
