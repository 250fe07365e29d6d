"""The terms are the ones of their version."""

import hashlib
import inspect

from fintrack.core.consents import TERMS_VERSION
from fintrack.pages import terms

# A changed text gets a new version and a line of its own here.
DIGESTS = {"2026-11": "2736d1c7cb7ddcea"}


def test_text_of_a_version_never_changes() -> None:
    text = inspect.getsource(terms.paragraphs)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == DIGESTS[TERMS_VERSION]
