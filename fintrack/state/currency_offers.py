"""What a picker of currencies offers: those that the typed words may mean."""

import reflex as rx

from fintrack.core.amount_text import MAX_EXPRESSION_LENGTH
from fintrack.core.currency import Currency, find_currency
from fintrack.core.currency_search import search_currencies
from fintrack.services.commands import ask
from fintrack.services.rates.following import list_followed
from fintrack.state.choices import Choice, currency_choice
from fintrack.state.session import actor_of, reader_of

# One more than is read, so that what is too long is said and not cut.
TYPED = MAX_EXPRESSION_LENGTH + 1
# Those in which most people think first, offered behind those that one follows.
COMMON = ("USD", "EUR", "GBP", "JPY", "CHF", "TRY", "CNY")
OFFERED = 10
NOT_ASKED = "\n"


class CurrencyOffers(rx.State, mixin=True):
    """A thousand currencies stay on the server, and the ten best go to the page.

    ``offers`` answer the words ``offered_for`` of whichever picker is open.
    """

    offers: list[Choice] = []
    offered_for: str = NOT_ASKED

    @rx.event
    async def look_up(self, words: str) -> None:
        """Offers what the words may mean; for none, what one follows comes first."""
        reader = await reader_of(self)
        self.offered_for = words[:TYPED]
        if self.offered_for.strip():
            found = list(search_currencies(self.offered_for, reader.language))
        else:
            followed = await ask(await actor_of(self), list_followed)
            codes = dict.fromkeys((*followed, reader.base_currency, *COMMON))
            found = [find_currency(code) for code in codes]
        offered = self._fitting(found)[:OFFERED]
        self.offers = [currency_choice(one.code, reader) for one in offered]

    def _fitting(self, found: list[Currency]) -> list[Currency]:
        """Books are kept in what has not ended."""
        return [one for one in found if not one.is_historic]
