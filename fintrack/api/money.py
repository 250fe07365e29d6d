"""Money as JSON: ``{"amount": "12.50", "currency": "EUR"}``, in both directions."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from fintrack.api.routes import Body
from fintrack.core.amount_text import parse_plain
from fintrack.core.errors import InvalidInput, Problem
from fintrack.core.money import Money

AmountText = Annotated[
    str, Field(max_length=40, examples=["12.50"], description="ASCII digits, a point")
]
CurrencyCode = Annotated[str, Field(max_length=10, examples=["EUR"])]
# In an address, as on the pages: people type them.
AnyCase = Annotated[CurrencyCode, AfterValidator(str.upper)]


class MoneyGiven(Body):
    """An amount that a request gives."""

    amount: AmountText
    currency: CurrencyCode

    def read(self, at: str) -> Money:
        """The money; ``at`` is where it stands in the request.

        Raises:
            InvalidInput: under ``<at>.amount`` or ``<at>.currency``.
        """
        try:
            return Money.from_decimal(parse_plain(self.amount), self.currency)
        except InvalidInput as error:
            raise InvalidInput.of(
                [
                    Problem(found.message, f"{at}.{found.field}", found.values)
                    for found in error.problems
                ]
            ) from None


class MoneyShown(BaseModel):
    """An amount of an answer, with all decimals of its currency."""

    model_config = ConfigDict(title="Money")

    amount: AmountText
    currency: CurrencyCode

    @model_validator(mode="before")
    @classmethod
    def _of_money(cls, value: object) -> object:
        if isinstance(value, Money):
            return {"amount": value.text, "currency": value.currency}
        return value


def read_optional(given: MoneyGiven | None, at: str) -> Money | None:
    """The money, or None where none was given."""
    return None if given is None else given.read(at)
