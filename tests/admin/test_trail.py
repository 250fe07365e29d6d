"""The trail as its page drives it: searched, verified, and each look kept."""

from datetime import UTC, datetime
from typing import Any

import pytest

from admin.state import trail
from admin.state.trail import (
    Asked,
    StaffTrailState,
    VerifyingState,
    read_filter,
)
from admin.state.verdicts import Ended, tell_end, tell_failure, tell_verdict
from fintrack.core.actor import Actor, Role
from fintrack.core.errors import Busy, InvalidInput, NotAllowed, Problem
from fintrack.services.commands import perform, registry
from fintrack.services.database import Database
from fintrack.services.locks import PASSWORD, WrongTry, note_wrong_try
from fintrack.services.security_events import add_event
from fintrack.services.staff.finding import search_people
from fintrack.services.staff.reading import begin_verification, note_verification
from fintrack.services.staff.standing import PersonMark, change_role
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.trail.starting_over import Loss
from fintrack.services.trail.verifying import Breach, Verdict
from fintrack.state.amounts import Reader
from fintrack.state.command_names import COMMAND_NAMES
from fintrack.state.session import SessionState
from tests.api.conftest import sign_in
from tests.api.test_registry import verbs
from tests.books import Books, make_person
from tests.conftest import Clock
from tests.services.mailed import register
from tests.services.trail.log_rows import Log
from tests.state.conftest import Tab, tab
from tests.state.desk import sit_down

__all__ = ["tab"]
EMPTY = {"person": "", "kind": "", "since": "", "until": ""}


@pytest.fixture
async def page(admin: Books) -> StaffTrailState:
    await ship_trail()
    return await (await sit_down(admin)).state(StaffTrailState)


async def test_trail_is_shown_newest_first(page: StaffTrailState) -> None:
    await page.load()
    assert page.status == "ready"
    assert [row.number for row in page.rows] == ["2", "1"]
    assert page.rows[-1].who == "FinTrack itself"
    await ship_trail()
    await page.read_again()
    newest, *older = page.rows
    assert (newest.what, newest.who) == ("Trail searched", "root@example.org")
    assert older[-1].what == "Other change (test.person)"


async def test_kinds_are_offered_by_their_names(page: StaffTrailState) -> None:
    await page.load()
    assert [(one.value, one.label) for one in page.kinds][:2] == [
        ("staff", "Deeds of staff"),
        ("access", "Sign-ins and access"),
    ]


async def test_trail_is_searched(page: StaffTrailState, books: Books) -> None:
    assert books
    await page.search({**EMPTY, "person": " nobody@example.org "})
    assert (page.rows, page.is_nobody, page.status) == ([], True, "ready")
    await page.search({**EMPTY, "kind": "refused"})
    assert (page.rows, page.is_nobody, page.asked.kind) == ([], False, "refused")
    await page.search({**EMPTY, "since": "yesterday"})
    assert (page.notice.tone, page.notice.text) == ("bad", "Please enter a day.")


async def test_wrong_password_is_no_deed_of_the_victim_and_says_from_where(
    admin: Books, books: Books
) -> None:
    made = WrongTry(books.actor.person_id, "9.9.9.9", "a", "session.start", PASSWORD)
    async with admin.home.unit_of_work() as session:
        await note_wrong_try(session, admin.home.clock(), made)
    await ship_trail()
    page = await (await sit_down(admin)).state(StaffTrailState)
    await page.search({**EMPTY, "kind": "refused"})
    (row,) = page.rows
    assert row.what == "Sign-in with a wrong password refused"
    assert (row.who, row.about) == ("9.9.9.9", "ada@example.org")


async def open_for(books: Books) -> None:
    async with books.home.unit_of_work() as session:
        await add_event(
            session, "sign-in", books.home.clock(), books.actor, address="192.0.2.7"
        )


async def test_row_says_from_where_and_who_was_nobody_yet(admin: Books) -> None:
    await register()
    await open_for(admin)
    await ship_trail()
    page = await (await sit_down(admin)).state(StaffTrailState)
    await page.load()
    assert {
        ("Signed in", "root@example.org · 192.0.2.7"),
        ("Registration begun", "Somebody not signed in"),
    } <= {(row.what, row.who) for row in page.rows}


async def test_deed_of_staff_says_what_was_done(admin: Books, books: Books) -> None:
    mark = PersonMark(books.actor.person_id or 0, 1)
    await perform(admin.actor, change_role, mark, Role.SUPPORT)
    await perform(admin.actor, search_people, "ada love")
    problem = Problem("Row {row} was changed.", values=(("row", "300"),))
    found = Verdict(300, 1, Breach(300, problem))
    await perform(admin.actor, note_verification, found)
    await ship_trail()
    page = await (await sit_down(admin)).state(StaffTrailState)
    await page.search({**EMPTY, "kind": "staff"})
    assert [row.what for row in page.rows] == [
        "Trail verified: Row 300 was changed.",
        "People searched: “ada love”",
        "Role changed: User → Support",
    ]


def test_days_are_those_of_the_reader_and_the_last_one_is_whole() -> None:
    reader = Reader(time_zone="Europe/Istanbul")
    asked = Asked(since="2026-03-05", until="2026-03-05", kind="no kind")
    wanted = read_filter(asked, reader)
    assert wanted.since == datetime(2026, 3, 4, 21, tzinfo=UTC)
    assert wanted.until == datetime(2026, 3, 5, 21, tzinfo=UTC)
    assert wanted.kind == ""
    with pytest.raises(InvalidInput):
        read_filter(Asked(until="9999-99-99"), reader)


async def test_search_whose_end_is_before_its_start_says_so(
    page: StaffTrailState,
) -> None:
    await page.search({**EMPTY, "since": "2026-03-06", "until": "2026-03-05"})
    assert page.notice.text == "The last day comes before the first."


def test_each_verdict_is_a_sentence_and_a_bad_one_says_what_to_do() -> None:
    reader = Reader()
    sound = tell_verdict(Verdict(1234, 2), reader)
    assert sound.text.startswith("The trail is sound: rows 1 to 1,234")
    assert (sound.advice, sound.tone) == ("", "accent")
    breach = Breach(4, Problem("Row {row} was changed.", values=(("row", "4"),)))
    bad = tell_verdict(Verdict(4, 2, breach), reader)
    assert (bad.text, bad.tone) == ("Row 4 was changed.", "danger")
    assert bad.advice
    assert "stopped" in tell_verdict(None, reader).text
    assert tell_failure(reader).tone == "warn"


def test_verdict_tells_each_loss_before_it_calls_the_new_chain_sound() -> None:
    losses = (
        Loss(4, datetime(2026, 3, 5, 21, tzinfo=UTC), 1234),
        Loss(9, datetime(2026, 3, 6, 21, tzinfo=UTC), 1),
    )
    said = tell_verdict(Verdict(7, 2, None, losses), Reader())
    assert said.text.index("1,234 rows are lost") < said.text.index("one row is lost")
    assert said.text.endswith(
        "The trail is sound: rows 1 to 7 are as they were written."
    )
    assert (said.tone, bool(said.advice)) == ("warn", True)
    breach = Breach(4, Problem("Row {row} was changed.", values=(("row", "4"),)))
    worse = tell_verdict(Verdict(4, 2, breach, losses), Reader())
    assert worse.text.endswith("Row 4 was changed.")
    assert "1,234 rows are lost" in worse.text
    assert worse.tone == "danger"


async def test_verdict_of_before_is_told_with_its_time_in_the_language_of_now(
    admin: Books, clock: Clock
) -> None:
    desk = await sit_down(admin)
    page, verifying = (
        await desk.state(StaffTrailState),
        await desk.state(VerifyingState),
    )
    await page.load()
    assert (verifying.verdict, verifying.ended) == ("", "")
    verifying._ended = Ended(clock(), Verdict(1234, 2))
    await page.load()
    assert verifying.verdict.startswith("The trail is sound: rows 1 to 1,234")
    assert verifying.ended == "Verification ended: Today, 12:00"
    (await desk.state(SessionState)).language = "tr"
    clock.advance(days=1)
    await page.load()
    assert "sound" not in verifying.verdict
    assert "1.234" in verifying.verdict
    assert verifying.ended.endswith("Dün, 12:00")


def test_verification_that_failed_is_told_as_that() -> None:
    at, reader = datetime(2026, 3, 5, 21, tzinfo=UTC), Reader()
    assert tell_end(Ended(at, has_failed=True), reader) == tell_failure(reader)
    assert tell_end(Ended(at), reader) == tell_verdict(None, reader)


def test_verdict_that_could_not_be_noted_is_told_with_that() -> None:
    at = datetime(2026, 3, 5, 21, tzinfo=UTC)
    breach = Breach(4, Problem("Row {row} was changed.", values=(("row", "4"),)))
    said = tell_end(Ended(at, Verdict(4, 2, breach), is_noted=False), Reader())
    noted = "The result could not be noted in the trail."
    assert (said.text, said.tone) == (f"Row 4 was changed. {noted}", "danger")


def test_each_command_of_the_trail_has_a_name() -> None:
    assert verbs()
    commands = {name for name, spec in registry().items() if spec.changes}
    unnamed = commands - COMMAND_NAMES.keys()
    assert {name for name in unnamed if not name.startswith("test.")} == set()


async def as_admin(admin: Books, tab: Tab) -> None:
    await (await sign_in(lambda *_: None, admin, "root")).aclose()  # pyright: ignore[reportArgumentType] - no request is sent
    tab.cookie = "fintrack=root"


async def test_sound_trail_is_verified_and_that_is_noted(
    admin: Books, tab: Tab
) -> None:
    await ship_trail()
    await as_admin(admin, tab)
    await tab.send(VerifyingState.verify)
    assert "The trail is sound" in tab.shown
    (event,) = await admin.rows(
        "SELECT detail FROM security_event WHERE kind = 'trail-verified'"
    )
    assert event.detail["bad_row"] == ""


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (Busy(), "The trail is sound"),
        (RuntimeError(), "The result could not be noted in the trail."),
        (NotAllowed(), "could not be read to its end"),
    ],
)
async def test_trail_is_verified_also_where_the_beginning_cannot_be_noted(
    admin: Books,
    tab: Tab,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    shown: str,
) -> None:
    async def fail(actor: Actor, verb: Any, *given: Any) -> Any:
        if verb is begin_verification:
            raise error
        return await perform(actor, verb, *given)

    await ship_trail()
    await as_admin(admin, tab)
    monkeypatch.setattr(trail, "perform", fail)
    await tab.send(VerifyingState.verify)
    assert shown in tab.shown


async def test_first_bad_row_is_named(admin: Books, tab: Tab) -> None:
    await ship_trail()
    Log(admin.home).tamper("UPDATE audit_entry SET payload = '{}' WHERE position = 1")
    await as_admin(admin, tab)
    await tab.send(VerifyingState.verify)
    assert "Row 1 was changed." in tab.shown
    assert "compare this row with your last backup" in tab.shown


@pytest.mark.parametrize("role", [Role.USER, Role.SUPPORT])
async def test_nobody_else_is_shown_a_row(home: Database, role: Role) -> None:
    somebody = await make_person(home, "eve@example.org", role)
    page = await (await sit_down(somebody)).state(StaffTrailState)
    await page.load()
    assert (page.status, page.rows) == ("failed", [])
