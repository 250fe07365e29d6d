"""A transport for tests; none stays installed after one."""

from collections.abc import Iterator

import pytest

from fintrack.services.mail import transport
from tests.services.mail.bag import Bag


@pytest.fixture(autouse=True)
def no_transport() -> Iterator[None]:
    yield
    transport.install(None)


@pytest.fixture
def bag() -> Bag:
    chosen = Bag()
    transport.install(chosen)
    return chosen
