"""The head of a currency's page: what it is, its rate, how far that moved."""

from dataclasses import dataclass, replace

from fintrack.core.currency import find_currency
from fintrack.core.exchange import UnknownRate
from fintrack.core.formatting import counted_currency, currency_name, format_day
from fintrack.core.rate_text import format_rate
from fintrack.services.rates.pairs import LONGEST, Move, PairView
from fintrack.state.amounts import Reader
from fintrack.state.currency_about import (
    NO_MOVE,
    MoveRow,
    ending,
    is_fixed,
    kind_word,
    move_row,
)
from fintrack.state.currency_address import Asked
from fintrack.state.currency_rows import (
    NO_BADGE,
    Badge,
    badge_of,
    countries,
    rate_said,
)


@dataclass(frozen=True)
class CurrencyCard:
    """The currency itself and its rate; what is unknown is empty.

    ``of`` and ``unit`` are the sides of the pair: 1 ``of`` is ``rate`` ``unit``.
    """

    code: str = ""
    badge: Badge = NO_BADGE
    name: str = ""
    sub: str = ""
    ending: str = ""
    of: str = ""
    rate: str = ""
    unit: str = ""
    moved: MoveRow = NO_MOVE
    moved_text: str = ""
    moves_until: str = ""
    moves_hint: str = ""
    source: str = ""
    is_derived: bool = False


def card_of(asked: Asked, view: PairView, reader: Reader) -> CurrencyCard:
    """The currency and its rate, as the address asks for it."""
    currency, language = find_currency(asked.code), reader.language
    places = countries(currency, reader)
    parts = (currency.code, kind_word(currency, reader), places)
    of, unit = asked.pair
    card = CurrencyCard(
        code=currency.code,
        badge=badge_of(currency, language),
        name=currency_name(currency.code, language),
        sub=" · ".join(part for part in parts if part),
        ending=ending(currency, reader),
        of=reader.say("1 {name} is", name=counted_currency(of, 1, language)),
        source=rate_said(view.rate, reader, with_time=True),
    )
    if isinstance(view.rate, UnknownRate):
        return card
    moved = moved_in(asked.period, view)
    return replace(
        card,
        rate=format_rate(view.rate.rate.value, language),
        unit=unit,
        moved=move_row(moved, reader),
        moved_text=_since(moved, view, reader),
        moves_until=_until(view, reader),
        moves_hint=_whose_moves(view, reader),
        is_derived=view.rate.is_derived,
    )


def moved_in(period: str, view: PairView) -> Move | None:
    """How far it moved in the period, or since it is known if that is later."""
    found = {move.span: move for move in view.moves}
    moved = found.get(period)
    if moved and view.known_since and moved.since < view.known_since:
        moved = found[LONGEST]
    return moved


def _since(moved: Move | None, view: PairView, reader: Reader) -> str:
    """Since when, and whose move it is where the rate is one's own."""
    if moved is None or moved.value is None:
        return ""
    day = format_day(moved.since, reader.language)
    if view.said is None:
        return reader.say("since {day}", day=day)
    return reader.say("since {day}, as the sources moved", day=day)


def _until(view: PairView, reader: Reader) -> str:
    """Up to when the changes lead, where that is not today."""
    if view.until is None or view.until >= reader.today or not _is_known(view):
        return ""
    return reader.say("Up to {day}", day=format_day(view.until, reader.language))


def _is_known(view: PairView) -> bool:
    return any(move.value is not None for move in view.moves)


def _whose_moves(view: PairView, reader: Reader) -> str:
    """Of what the changes are where the rate is one's own."""
    if is_fixed(view):
        return reader.say("Fixed by law, it does not move.")
    is_known = _is_known(view)
    if isinstance(view.rate, UnknownRate) or not view.rate.is_own or not is_known:
        text = ""
    elif view.said is None:
        text = reader.say("From one of your own rates to the next.")
    else:
        text = reader.say(
            "So the sources moved, which say {rate} ({who}). Your own rate is no move.",
            rate=format_rate(view.said.rate.value, reader.language),
            who=rate_said(view.said, reader),
        )
    return text
