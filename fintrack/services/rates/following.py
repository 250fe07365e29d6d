"""The currencies that a person follows, in the order in which they began to."""

from sqlalchemy import delete, func, select
from sqlmodel import col

from fintrack.core.currency import find_currency
from fintrack.core.errors import InvalidInput
from fintrack.core.text import message_id
from fintrack.models.people import Person
from fintrack.models.rates import CurrencyFavourite
from fintrack.services.commands import Work, command, question

MOST = 50
FINAL = "a star is set back where it was set"
TOO_MANY = message_id("You follow {most} currencies already. Leave one first.")


@question("currency.followed")
async def list_followed(work: Work) -> tuple[str, ...]:
    """The codes that who asks follows."""
    return await read_followed(work)


async def read_followed(work: Work) -> tuple[str, ...]:
    """The same, for other verbs."""
    found = await work.session.scalars(
        select(col(CurrencyFavourite.code))
        .where(col(CurrencyFavourite.person_id) == work.person_id)
        .order_by(col(CurrencyFavourite.place), col(CurrencyFavourite.code))
    )
    return tuple(found)


@command("currency.follow", final=FINAL)
async def follow_currency(work: Work, currency: str) -> tuple[str, ...]:
    """Follows one more, as the last; one that is followed stays where it is.

    Raises:
        InvalidInput: there is no such currency, or 50 are followed (field
            ``currency``).
    """
    find_currency(currency)
    # Two tabs at once would go beyond the limit, or both want the same place.
    await work.session.scalar(
        select(col(Person.id)).where(col(Person.id) == work.person_id).with_for_update()
    )
    followed = await read_followed(work)
    if currency in followed:
        return followed
    if len(followed) >= MOST:
        raise InvalidInput(TOO_MANY, field="currency", most=MOST)
    last = await work.session.scalar(
        select(func.max(col(CurrencyFavourite.place))).where(
            col(CurrencyFavourite.person_id) == work.person_id
        )
    )
    work.session.add(
        CurrencyFavourite(
            person_id=work.person_id, code=currency, place=(last or 0) + 1
        )
    )
    await work.session.flush()
    return (*followed, currency)


@command("currency.unfollow", final=FINAL)
async def unfollow_currency(work: Work, currency: str) -> tuple[str, ...]:
    """Leaves one; that one was never followed is no error."""
    await work.session.execute(
        delete(CurrencyFavourite).where(
            col(CurrencyFavourite.person_id) == work.person_id,
            col(CurrencyFavourite.code) == currency,
        )
    )
    return await read_followed(work)
