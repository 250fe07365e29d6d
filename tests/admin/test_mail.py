"""The outbox as its page shows it: masks in place of secrets."""

import pytest

from admin.state.mail import VALUE_NAMES, MailState
from fintrack.core.actor import Role
from fintrack.services.mail import transport
from fintrack.services.mail.kinds import KINDS
from fintrack.services.mail.outbox import MASK, Letter, queue_letter
from fintrack.services.mail.sending import send_letters
from fintrack.services.mail.sweeping import sweep_letters
from fintrack.services.mail.transport import Fate
from tests.books import Books
from tests.conftest import Clock
from tests.services.mail.bag import Bag
from tests.services.mail.letters import queue_code, queue_welcome
from tests.state.desk import sit_down

SECRET = "918273"


@pytest.fixture
async def page(admin: Books) -> MailState:
    return await (await sit_down(admin)).state(MailState)


async def _queue(admin: Books, kind: str, **secrets: str) -> None:
    home = admin.home
    async with home.unit_of_work() as session:
        letter = Letter(kind, "ada@example.org", "en", {"minutes": "5"}, secrets)
        await queue_letter(session, letter, home.clock())


async def test_secret_of_a_letter_is_masked(page: MailState, admin: Books) -> None:
    await _queue(admin, "code.register", code=SECRET)
    await page.load()
    (letter,) = page.letters
    assert letter.recipient == "ada@example.org"
    assert MASK in letter.detail
    assert SECRET not in str(page.dict())
    assert (letter.standing, page.summary) == (
        "Waiting",
        "One letter waits. 0 failed in the last day.",
    )


def test_each_value_of_a_letter_has_a_name() -> None:
    named = {name for kind in KINDS.values() for name in kind.placeholders}
    assert named == VALUE_NAMES.keys()


async def test_letter_whose_code_died_says_so(
    page: MailState, admin: Books, clock: Clock
) -> None:
    await queue_code(admin.home)
    clock.advance(minutes=5)
    assert await sweep_letters() == 1
    await page.load()
    (letter,) = page.letters
    assert letter.standing == "Expired"
    assert "Its code died before it could be sent" in letter.detail


async def test_letters_are_chosen_by_their_state(page: MailState, admin: Books) -> None:
    await _queue(admin, "code.register", code=SECRET)
    await page.choose("sent")
    assert (page.letters, page.wanted) == ([], "sent")
    await page.choose("waiting")
    assert len(page.letters) == 1
    await page.choose("' OR 1=1")
    assert page.wanted == ""


async def test_letters_are_tried_again(page: MailState, admin: Books) -> None:
    await page.retry()
    assert page.notice.text == "There is no letter to be tried again."
    transport.install(Bag(fates={"eve@example.org": Fate.NEVER}))
    await queue_welcome(admin.home, "eve@example.org")
    await send_letters()
    await page.retry()
    assert page.notice.text == "One letter is tried again."
    assert page.letters[0].standing == "Waiting"


async def test_nobody_else_is_shown_a_letter(admin: Books, support: Books) -> None:
    await _queue(admin, "code.register", code=SECRET)
    assert support.actor.role is Role.SUPPORT
    page = await (await sit_down(support)).state(MailState)
    await page.load()
    assert (page.status, page.letters, page.summary) == ("failed", [], "")
