"""What the database can say of a rule: which transactions it cannot fit.

The rule itself is tried in Python, on the few that are left.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from fintrack.core.folding import words_of
from fintrack.core.rules import WORD_TESTS, Condition, Rule


@dataclass(frozen=True, slots=True)
class Sieve:
    """Patterns for LIKE on the folded words of a transaction.

    One that the rule fits has ``all_of`` them and one of ``any_of``.
    """

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ("%",)

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """The narrowest sieve that lets everything through that the rule may fit."""
        asked = [_words(condition) for condition in rule.conditions]
        if rule.needs_all:
            return cls(all_of=_patterns(word for words in asked for word in words))
        if not asked or not all(asked):
            return cls()
        return cls(any_of=_patterns(max(words, key=len) for words in asked))


def _words(condition: Condition) -> list[str]:
    """Each run of letters and digits that a matching text has within a word.

    The signs between them part words here, and so they do in the stored ones.
    """
    if condition.test not in WORD_TESTS:
        return []
    return words_of(condition.words)


def _patterns(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"%{word}%" for word in dict.fromkeys(words))
