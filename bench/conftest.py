"""The server, books and blobs of the tests; figures are printed as a table."""

from tests.conftest import books, clock, home, server
from tests.services.imports.conftest import desk, store

__all__ = ["books", "clock", "desk", "home", "server", "store"]
