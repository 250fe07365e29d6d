"""The server, books and blobs of the tests; figures are printed as a table."""

import gc

import pytest

from tests.conftest import books, clock, home, server
from tests.services.imports.conftest import desk, store


@pytest.fixture(autouse=True)
def settled() -> None:
    """What is loaded at the start is no garbage, as in the server itself.

    A full collection that walks through every loaded module holds up the event loop
    for 50 to 150 ms.
    """
    gc.collect()
    gc.freeze()


__all__ = ["books", "clock", "desk", "home", "server", "settled", "store"]
