"""How many letters with codes go out, and how many codes are tried.

Both are counted for the address and the e-mail, as wrong passwords are, so that nobody
guesses through many flows. A forgotten password is the way in for whoever is kept out
on purpose, so what strangers do never makes its owner wait (``docs/adr/0024``): where
there were many letters, the next one is left out in silence, and the codes of the last
ones are good for whoever reads them. Nobody guesses such a code, so its tries are
counted for the address alone; for the e-mail they only bound what is written down.
"""

from datetime import timedelta

from fintrack.core.email_address import fold_email
from fintrack.core.one_time_code import Purpose
from fintrack.services.commands import Work
from fintrack.services.places import Counters, find_counters
from fintrack.services.tries import (
    LONGEST_DELAY,
    count_try,
    forgive,
    refuse_early,
    waiting,
)

# Counted apart: whose passwords were wrong may still bring a code.
GUESS, LETTER = "code", "letter"
# Half of what a code lives, so that whoever asks has one with as much time left.
LETTER_EVERY = timedelta(minutes=5)


async def check_letter(work: Work, email: str, address: str) -> None:
    """Passes who may ask for a letter now; counts nothing.

    Raises:
        TooManyTries: for the e-mail or for the address.
    """
    counters = await find_counters(work.session, LETTER, fold_email(email), address)
    both = [counters.account, counters.place]
    refuse_early(await waiting(work.session, both, work.now))


async def count_letter(
    work: Work, purpose: Purpose, email: str, address: str
) -> timedelta:
    """Counts a letter; or, for a reset, says how long none goes to this e-mail.

    Raises:
        TooManyTries: for the address, or for the e-mail where it is no reset.
    """
    counters = await _find(work, purpose, LETTER, email, address)
    if purpose is Purpose.RESET:
        await _count(work, counters.place)
        return await _count_quietly(work, counters.account, LETTER_EVERY)
    await _count(work, counters.account, counters.place)
    return timedelta(0)


async def count_guess(work: Work, purpose: Purpose, email: str, address: str) -> bool:
    """Counts a try; whether it shall be written down where it is wrong.

    Raises:
        TooManyTries: for the address, or for the e-mail where it is no reset.
    """
    counters = await _find(work, purpose, GUESS, email, address)
    if purpose is Purpose.RESET:
        await _count(work, counters.place)
        wait = await _count_quietly(work, counters.account, LONGEST_DELAY)
        return wait <= timedelta(0)
    await _count(work, counters.account, counters.place)
    return True


async def count_stray(work: Work, purpose: Purpose, address: str) -> None:
    """Counts a try at a flow that is over, for the address: its e-mail has no part.

    Raises:
        TooManyTries: for the address.
    """
    counters = await _find(work, purpose, GUESS, "", address)
    await _count(work, counters.place)


async def forgive_right(work: Work, purpose: Purpose, email: str, address: str) -> None:
    """After a right code: its try and its letters were in earnest.

    A whole office may register in a morning.
    """
    for kind in (GUESS, LETTER):
        counters = await _find(work, purpose, kind, email, address)
        await forgive(work.session, counters.account, counters.place)


async def _find(
    work: Work, purpose: Purpose, kind: str, email: str, address: str
) -> Counters:
    """Those of resets apart: strangers who register must not use them up."""
    name = f"reset {kind}" if purpose is Purpose.RESET else kind
    return await find_counters(work.session, name, fold_email(email), address)


async def _count(work: Work, *subjects: str) -> None:
    """Counts before anything is looked at; nothing is kept where one has to wait."""
    refuse_early(await count_try(work.session, subjects, work.now))


async def _count_quietly(work: Work, account: str, longest: timedelta) -> timedelta:
    """Counts, or says how long to wait. It reads first: a flood must lock nothing."""
    wait = await waiting(work.session, [account], work.now, longest=longest)
    if wait > timedelta(0):
        return wait
    return await count_try(work.session, [account], work.now, longest=longest)
