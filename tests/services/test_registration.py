"""Registering: the same work for every e-mail, then a whole account."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, text

from fintrack.core.actor import ANONYMOUS
from fintrack.core.consents import Consents
from fintrack.core.errors import Conflict, InvalidInput
from fintrack.services import passwords, registration
from fintrack.services.codes import CodeRefused, Flow, GivenCode, Reason
from fintrack.services.commands import ask, perform
from fintrack.services.database import Database
from fintrack.services.new_people import Added
from fintrack.services.registration import finish_registration
from fintrack.services.sessions import find_session, hash_token
from fintrack.services.sign_in import SignedIn, SignIn, sign_in
from tests.books import Books
from tests.services.mailed import (
    DEFNE,
    EMAIL,
    last_letter,
    letters,
    register,
    right,
    wrong,
)
from tests.services.people import (
    ADDRESS,
    GOOD,
    browser,
    set_up,
    suspend,
)

KNOWN = replace(DEFNE, email="ADA@example.org")


@pytest.fixture(autouse=True)
async def people(home: Database) -> None:
    """Ada is here already."""
    assert home
    await set_up()


async def finish(given: GivenCode, cookie: str = "token") -> Added | CodeRefused:
    done = await perform(ANONYMOUS, finish_registration, given, browser(cookie))
    return done.value


async def test_registered_person_has_books_categories_and_a_session(
    home: Database,
) -> None:
    flow = await register()
    made = await finish(await right(home, flow))
    assert isinstance(made, Added)
    view = await ask(ANONYMOUS, find_session, hash_token("token"))
    assert view is not None
    assert (view.email, view.role, view.language) == (EMAIL, "user", "tr")
    assert (view.ledger_id, view.base_currency) == (made.ledger_id, "TRY")
    books = Books(home, view.actor)
    names = await books.rows(
        "SELECT name FROM account WHERE ledger_id = :id AND kind = 'expense'",
        id=made.ledger_id,
    )
    assert "Araba" in {row.name for row in names}
    assert await books.rows("SELECT * FROM code") == []
    assert await books.findings() == []
    assert await letters(home) == [
        ("code.register", EMAIL),
        ("account.welcome", EMAIL),
    ]


async def test_registered_person_signs_in_with_the_password(home: Database) -> None:
    made = await finish(await right(home, await register()))
    assert isinstance(made, Added)
    given = SignIn(EMAIL, GOOD)
    found = await sign_in(given, browser("other"))
    assert found == SignedIn(made.person_id)


async def test_consents_are_kept_with_version_language_and_time(
    home: Database,
) -> None:
    made = await finish(await right(home, await register()))
    assert isinstance(made, Added)
    async with home.reading() as session:
        rows = await session.execute(
            text("SELECT subject, text_version, language FROM consent ORDER BY subject")
        )
        found = [tuple(row) for row in rows]
        trail = await session.scalar(
            text("SELECT count(*) FROM change_row WHERE table_name = 'consent'")
        )
    assert found == [("age", "2026-11", "tr"), ("terms", "2026-11", "tr")]
    assert trail == 2


async def test_wrong_code_makes_nobody(home: Database) -> None:
    flow = await register()
    refused = await finish(await wrong(home, flow))
    assert refused == CodeRefused(Reason.WRONG, 4)
    assert await ask(ANONYMOUS, find_session, hash_token("token")) is None


async def test_code_works_once(home: Database) -> None:
    given = await right(home, await register())
    assert isinstance(await finish(given), Added)
    assert await finish(given, "other") == CodeRefused(Reason.DEAD)


async def test_known_e_mail_gets_a_letter_and_no_code(home: Database) -> None:
    flow = await register(KNOWN)
    assert await letters(home) == [("account.exists", "ada@example.org")]
    assert (await last_letter(home)).sealed is None
    assert await finish(GivenCode(flow.token, "123456")) == CodeRefused(Reason.WRONG, 4)


async def test_owner_of_a_known_e_mail_reads_their_own_language(home: Database) -> None:
    """At the address as they gave it: another spelling may be another's mailbox."""
    theirs = replace(DEFNE, email="ada@e\uff58ample.org", language="tr")
    await register(theirs)
    letter = await last_letter(home)
    assert (letter.recipient, letter.language) == ("ada@example.org", "en")


async def test_suspended_person_who_registers_reads_why(home: Database) -> None:
    await suspend(home)
    await register(KNOWN)
    assert await letters(home) == [("account.suspended", "ada@example.org")]


async def test_second_of_two_flows_for_one_e_mail_is_told(home: Database) -> None:
    first = await right(home, await register())
    second = await right(home, await register())
    assert isinstance(await finish(first), Added)
    with pytest.raises(Conflict):
        await finish(second)


async def test_every_finding_is_told_at_once_and_nothing_is_kept(
    home: Database,
) -> None:
    no = Consents("", agrees_to_terms=False, is_of_age=False)
    with pytest.raises(InvalidInput) as refused:
        await registration.register(replace(DEFNE, email="x"), "short", no, ADDRESS)
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["email", "password", "agrees_to_terms", "is_of_age"]
    assert await letters(home) == []


@pytest.mark.parametrize("name", ["Ada\r\nBcc: all@example.org", "Ada\x00"])
async def test_name_cannot_carry_a_header(name: str) -> None:
    with pytest.raises(InvalidInput):
        await register(replace(DEFNE, first_name=name))


async def test_known_and_unknown_e_mail_cost_the_same_work(
    home: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same statements in the same order, one hash, one letter, the same answer."""
    hashed: list[str] = []
    hash_password = passwords.hash_password

    async def counting(password: str) -> str:
        hashed.append(password)
        return await hash_password(password)

    monkeypatch.setattr(passwords, "hash_password", counting)
    with watching(home) as unknown:
        first = await register()
    with watching(home) as known:
        second = await register(KNOWN)
    assert known == unknown
    assert len(hashed) == 2
    assert len(await letters(home)) == 2
    assert _answer(first) == _answer(second)


async def test_known_and_unknown_e_mail_cost_the_same_work_at_the_second_step(
    home: Database,
) -> None:
    known, unknown = await register(KNOWN), await register()
    bad = await wrong(home, unknown)
    with watching(home) as of_unknown:
        assert await finish(bad) == CodeRefused(Reason.WRONG, 4)
    with watching(home) as of_known:
        given = GivenCode(known.token, bad.code)
        assert await finish(given) == CodeRefused(Reason.WRONG, 4)
    assert of_known == of_unknown


def _answer(flow: Flow) -> tuple[Any, ...]:
    return len(flow.token), flow.expires_in, flow.resend_in


@contextmanager
def watching(home: Database) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    engines = [home.main.sync_engine, home.readers.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
