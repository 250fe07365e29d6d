"""Kinds of currencies in the words of people, and the shelves on which they stand."""

from fintrack.core.currency import Currency, CurrencyKind
from fintrack.core.text import message_id, translate

KINDS = MONEY, METAL, CRYPTO, HISTORIC = "money", "metal", "crypto", "historic"
"""The shelves, in their order."""

KIND_WORDS = {
    CurrencyKind.MONEY: message_id("Money"),
    CurrencyKind.FUND: message_id("Fund"),
    CurrencyKind.UNIT: message_id("Unit of account"),
    CurrencyKind.METAL: message_id("Metal"),
    CurrencyKind.CRYPTO: message_id("Cryptocurrency"),
}
SHELF_WORDS = {
    MONEY: message_id("Money"),
    METAL: message_id("Metals"),
    CRYPTO: message_id("Crypto"),
    HISTORIC: message_id("Historic"),
}
# So they are called too, and looked for; no page says it.
_FIAT = message_id("Fiat money")
_ENDED = message_id("Historical")


def shelf_of(currency: Currency) -> str:
    """Under which filter of the page it stands; units and funds are with the money."""
    if currency.is_historic:
        return HISTORIC
    kinds = {CurrencyKind.METAL: METAL, CurrencyKind.CRYPTO: CRYPTO}
    return kinds.get(currency.kind, MONEY)


def kind_words(currency: Currency, language: str) -> tuple[str, ...]:
    """What its kind and its shelf are called, in ``language`` and in English.

    What is historic is money no more, whatever it was.
    """
    said = [SHELF_WORDS[shelf_of(currency)]]
    if currency.kind is not CurrencyKind.MONEY:
        said.append(KIND_WORDS[currency.kind])
    if currency.is_historic:
        said.append(_ENDED)
    elif currency.kind is CurrencyKind.MONEY:
        said.append(_FIAT)
    return (*(translate(one, language) for one in said), *said)
