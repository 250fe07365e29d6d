"""No kind of secret is left out: neither a label nor a column of bytes."""

import pytest
from sqlalchemy import LargeBinary

import fintrack.models  # noqa: F401 - registers every table
from fintrack.models.base import MainRow
from fintrack.services.key_exchange.treatments import OTHERS, SEALED
from tests.services.key_exchange.household import PROMISES, Household
from tests.test_security_page import labels_of_the_code

# Columns of bytes that no key of ours encrypts.
OPEN = {
    "change_set.input_hash": "SHA-256 of an input",
    "code.code_hash": "keyed hash of a code that an exchange ends",
    "code.flow_hash": "SHA-256 of a random token",
    "key_exchange.public_key": "public",
    "key_exchange.signature": "a signature, public",
    "pending_sign_in.token_hash": "SHA-256 of a random token",
    "recovery_code.code_hash": "keyed hash whose key is handed on",
    "refresh_token.token_hash": "SHA-256 of a random token",
    "sign_in_session.mark_hash": "SHA-256 of a random token",
    "sign_in_session.token_hash": "SHA-256 of a random token",
    "trail_relay.hash": "the end of the chain",
}


def test_each_label_of_the_code_has_a_treatment_and_a_promise() -> None:
    treated = [one.label for one in SEALED] + list(OTHERS)
    assert len(treated) == len(set(treated))
    assert set(treated) == labels_of_the_code() == PROMISES.keys()


def test_each_column_of_bytes_is_encrypted_anew_or_says_why_not() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in MainRow.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert found == {f"{one.table}.{one.column}" for one in SEALED} | OPEN.keys()


@pytest.mark.parametrize("label", PROMISES)
async def test_each_kind_is_as_promised_after_one_exchange_and_another(
    house: Household, label: str
) -> None:
    await house.change()
    await house.change()
    await PROMISES[label](house)
