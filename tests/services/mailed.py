"""Reads codes out of the outbox, as the person at the other end of the mail does."""

from typing import Any

from fintrack.core.consents import TERMS_VERSION, Consents
from fintrack.services import registration
from fintrack.services.codes import Flow, GivenCode
from fintrack.services.database import Database
from fintrack.services.mail.sealing import unseal
from fintrack.services.new_people import NewPerson
from tests.services.mail.letters import outbox
from tests.services.people import ADDRESS, GOOD

YES = Consents(TERMS_VERSION, agrees_to_terms=True, is_of_age=True)
EMAIL = "defne@example.org"
DEFNE = NewPerson("Defne", "Karaçam", EMAIL, language="tr", base_currency="TRY")


async def letters(home: Database) -> list[tuple[str, str]]:
    """Kind and recipient of each letter."""
    return [(row.kind, row.recipient) for row in await outbox(home)]


async def last_letter(home: Database) -> Any:
    return (await outbox(home))[-1]


async def mailed_code(home: Database) -> str:
    """The code of the youngest letter."""
    row = await last_letter(home)
    return unseal(row.sealed, row.reference)["code"].replace("-", "")


async def right(home: Database, flow: Flow) -> GivenCode:
    return GivenCode(flow.token, await mailed_code(home))


async def wrong(home: Database, flow: Flow) -> GivenCode:
    code = await mailed_code(home)
    return GivenCode(flow.token, ("2" if code[0] != "2" else "3") + code[1:])


async def register(new: NewPerson = DEFNE, address: str = ADDRESS) -> Flow:
    return await registration.register(new, GOOD, YES, address)
