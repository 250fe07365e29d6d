"""A bank's file as a program sends it."""

from pathlib import Path
from typing import Any

import httpx

from fintrack.services.blobs import FolderBlobStore

PLACE = "/api/v1/imports"
PREVIEWS = f"{PLACE}/previews"
FILE = (
    "Date;Amount;Payee;Text\n"
    "2026-03-05;-12.50;Café;lunch\n"
    "2026-03-06;-3.00;Bakery;bread\n"
    "2026-03-07;1000.00;Employer;pay\n"
)
TWO_ACCOUNTS = """:20:X
:25:A
:60F:C260301EUR10,00
:61:260302D3,00NMSCNONREF
:61:260302D1,00NMSCNONREF
:62F:C260302EUR6,00
-
:20:X
:25:B
:60F:C260301EUR0,00
:61:260302C7,00NMSCNONREF
:62F:C260302EUR7,00
-
"""


async def send(client: httpx.AsyncClient, account_id: int, body: Any) -> httpx.Response:
    wanted = {"account_id": account_id, "filename": "bank.csv"}
    return await client.post(PLACE, params=wanted, content=body)


def files_of(store: FolderBlobStore) -> list[Path]:
    return list(store._root.iterdir())
