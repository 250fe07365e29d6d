"""What was turned away as the staff's trail shows it: told together, from where."""

from admin.state.trail import StaffTrailState
from fintrack.core.actor import ANONYMOUS, Where
from fintrack.services.trail.shipping import ship_trail
from fintrack.services.turned_away import Turned, TurnedAway
from tests.admin.test_trail import EMPTY
from tests.books import Books
from tests.state.desk import sit_down


async def test_flood_is_one_row_that_says_how_many_and_from_where(
    admin: Books,
) -> None:
    away = TurnedAway()
    for _ in range(1234):
        away.note(Turned.FLOOD, Where("203.0.113.7"), "POST /api/v1/setup")
    away.note(Turned.ORIGIN, Where("203.0.113.8"), "socket")
    await away.tell()
    await ship_trail()
    page = await (await sit_down(admin)).state(StaffTrailState)
    await page.search({**EMPTY, "kind": "refused"})
    assert {(row.what, row.who) for row in page.rows} == {
        ("Too many requests at once refused (×1,234)", "203.0.113.7"),
        ("Requests of another site refused", "203.0.113.8"),
    }


async def test_refusals_of_several_commands_are_named_and_no_deed_of_the_house(
    admin: Books,
) -> None:
    away = TurnedAway()
    for name in ("account.list", "account.list", "account.open"):
        away.refuse(ANONYMOUS, name, "not-signed-in", about="")
        await away.tell()
    await away.tell(at_the_end=True)
    await ship_trail()
    page = await (await sit_down(admin)).state(StaffTrailState)
    await page.search({**EMPTY, "kind": "refused"})
    assert {(row.what, row.who) for row in page.rows} == {
        ("Refused: Accounts", "Somebody not signed in"),
        ("Refused: Accounts, Account opened (×2)", "Somebody not signed in"),
    }
