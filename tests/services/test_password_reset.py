"""A forgotten password: by mail, without a second way around what protects it."""

import pytest
from sqlalchemy import text

from fintrack.core.actor import ANONYMOUS
from fintrack.core.errors import InvalidInput
from fintrack.services.codes import CodeRefused, Flow, GivenCode, Reason
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.factor.enrolling import confirm_enrolment
from fintrack.services.new_people import Added
from fintrack.services.password_reset import (
    Reset,
    begin_reset,
    choose_password,
    finish_reset,
    prove_reset,
)
from fintrack.services.passwords import hash_password
from fintrack.services.sessions import find_session, hash_token
from fintrack.services.sign_in import (
    SecondStepNeeded,
    SignedIn,
    SignIn,
    SignInRefused,
    sign_in,
)
from tests.conftest import Clock
from tests.services.factor.phone import scan
from tests.services.mailed import last_letter, letters, right, wrong
from tests.services.people import ADDRESS, GOOD, behind, browser, set_up, suspend
from tests.services.test_registration import watching

NEW = "five slow barges under Ghent"
ADA = "ada@example.org"
DEAD = CodeRefused(Reason.DEAD)
VICTIM_AT = "192.0.2.44"


@pytest.fixture(autouse=True)
async def ada(home: Database) -> Added:
    assert home
    return await set_up()


async def forget(email: str = ADA, address: str = ADDRESS) -> Flow:
    return (await perform(ANONYMOUS, begin_reset, email, "en", address)).value


async def test_letter_is_in_the_language_of_its_person(home: Database) -> None:
    await behind(home, "UPDATE person SET language = 'tr'")
    await forget()
    assert (await last_letter(home)).language == "tr"


async def enter(
    cookie: str, password: str = NEW, address: str = ADDRESS, mark: bytes = b""
) -> SignedIn | SignInRefused:
    given = SignIn(ADA, password)
    found = await sign_in(given, browser(cookie, address, mark))
    assert isinstance(found, SignedIn | SignInRefused)
    return found


async def test_new_password_works_and_the_old_one_does_not(
    home: Database, ada: Added
) -> None:
    given = await right(home, await forget())
    assert await choose_password(given, NEW, ADDRESS) == Reset(ada.person_id)
    assert await enter("a") == SignedIn(ada.person_id)
    assert await enter("b", GOOD) == SignInRefused()
    assert await letters(home) == [
        ("code.reset", ADA),
        ("account.password_changed", ADA),
    ]


async def test_reset_ends_every_session_and_opens_none(home: Database) -> None:
    await enter("a", GOOD)
    given = await right(home, await forget())
    await choose_password(given, NEW, ADDRESS)
    assert await ask(ANONYMOUS, find_session, hash_token("a")) is None
    async with home.reading() as session:
        living = "SELECT count(*) FROM sign_in_session WHERE ended_at IS NULL"
        assert await session.scalar(text(living)) == 0


async def test_reset_leaves_the_second_factor_in_its_place(
    home: Database, clock: Clock
) -> None:
    await enter("a", GOOD)
    view = await ask(ANONYMOUS, find_session, hash_token("a"))
    assert view is not None
    phone = await scan(view.actor, clock)
    await perform(view.actor, confirm_enrolment, phone.code)
    given = await right(home, await forget())
    assert isinstance(await choose_password(given, NEW, ADDRESS), Reset)
    signing_in = SignIn(ADA, NEW)
    outcome = await sign_in(signing_in, browser("thief"))
    assert outcome == SecondStepNeeded()
    assert await ask(ANONYMOUS, find_session, hash_token("thief")) is None


async def test_code_resets_once(home: Database) -> None:
    given = await right(home, await forget())
    await choose_password(given, NEW, ADDRESS)
    assert await choose_password(given, GOOD, ADDRESS) == DEAD


async def test_other_flows_of_the_person_end_with_the_reset(home: Database) -> None:
    other = await right(home, await forget())
    given = await right(home, await forget())
    await choose_password(given, NEW, ADDRESS)
    assert await choose_password(other, GOOD, ADDRESS) == DEAD


async def test_code_lives_ten_minutes(home: Database, clock: Clock) -> None:
    flow = await forget()
    given = await right(home, flow)
    clock.advance(minutes=9, seconds=59)
    assert await choose_password(await wrong(home, flow), NEW, ADDRESS) == CodeRefused(
        Reason.WRONG, 4
    )
    clock.advance(seconds=1)
    assert await choose_password(given, NEW, ADDRESS) == DEAD


@pytest.mark.parametrize("bad", ["short", "mailcreated5240"])
async def test_password_that_is_refused_leaves_the_code_good(
    home: Database, bad: str
) -> None:
    given = await right(home, await forget())
    with pytest.raises(InvalidInput) as refused:
        await choose_password(given, bad, ADDRESS)
    assert refused.value.problems[0].field == "password"
    assert isinstance(await choose_password(given, NEW, ADDRESS), Reset)


async def test_names_are_looked_at_only_after_a_right_code(home: Database) -> None:
    """Else a stranger would learn whose account it is."""
    flow = await forget()
    hers = await choose_password(
        await wrong(home, flow), "Ada Lovelace Ada Lovelace", ADDRESS
    )
    assert hers == CodeRefused(Reason.WRONG, 4)


async def test_unknown_e_mail_gets_a_letter_and_never_a_code(home: Database) -> None:
    flow = await forget("nobody@example.org")
    assert await letters(home) == [("account.unknown", "nobody@example.org")]
    refused = await choose_password(GivenCode(flow.token, "123456"), NEW, ADDRESS)
    assert refused == CodeRefused(Reason.WRONG, 4)


async def test_known_and_unknown_e_mail_cost_the_same_work(home: Database) -> None:
    with watching(home) as unknown:
        await forget("nobody@example.org")
    with watching(home) as known:
        await forget()
    assert known == unknown


async def test_letter_goes_to_the_address_as_its_owner_gave_it(home: Database) -> None:
    """Another spelling is the same person, and perhaps another's mailbox."""
    await forget("ada@e\uff58ample.org")
    assert await letters(home) == [("code.reset", ADA)]


async def test_suspended_person_gets_no_code(home: Database) -> None:
    """But the reason: "no account here" would send them to registering in vain."""
    await suspend(home)
    flow = await forget()
    assert await letters(home) == [("account.suspended", ADA)]
    refused = await choose_password(GivenCode(flow.token, "ABCDEFGH2345"), NEW, ADDRESS)
    assert refused == CodeRefused(Reason.WRONG, 4)


async def test_suspended_and_unknown_e_mail_cost_the_same_work(home: Database) -> None:
    with watching(home) as unknown:
        await forget("nobody@example.org")
    await suspend(home)
    with watching(home) as suspended:
        await forget()
    assert suspended == unknown


async def test_person_suspended_meanwhile_keeps_the_password_of_before(
    home: Database, ada: Added
) -> None:
    given = await right(home, await forget())
    await perform(ANONYMOUS, prove_reset, given, ADDRESS)
    await suspend(home)
    kept = await hash_password(NEW)
    done = await perform(ANONYMOUS, finish_reset, given.flow, kept, ADDRESS, b"")
    assert done.value == DEAD
    async with home.reading() as session:
        now = "SELECT password_hash FROM person WHERE id = :id"
        assert await session.scalar(text(now), {"id": ada.person_id}) != kept


@pytest.mark.parametrize("place", [ADDRESS, VICTIM_AT], ids=["known place", "new"])
async def test_victim_who_is_locked_out_gets_in_by_mail(
    home: Database, clock: Clock, ada: Added, place: str
) -> None:
    """Strangers everywhere, and one beside her, keep every delay at its longest."""
    await enter("first", GOOD)
    for n in range(30):
        clock.advance(minutes=15)
        for address in (f"198.51.100.{n}", place):
            await enter("x", "wrong wrong wrong wrong", address)
    assert isinstance(await enter("x", GOOD, place), SignInRefused)
    given = await right(home, await forget(address=place))
    done = await choose_password(given, NEW, place, mark_hash=b"hers")
    assert done == Reset(ada.person_id)
    for n in range(5):
        await enter("x", "wrong wrong wrong wrong", f"198.51.100.{n}")
    assert await enter("in", NEW, place, b"hers") == SignedIn(ada.person_id)
