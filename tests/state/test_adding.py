from fintrack.core import routes
from fintrack.state.adding import MAX_LENGTH, filled


def test_address_fills_known_fields_only_and_briefly() -> None:
    asked = {"amount": "9", "payee": "x" * 1000, "account": "7", "form_key": "k"}
    assert filled(asked) == {"amount": "9", "payee": "x" * MAX_LENGTH}
    assert routes.new_transaction(**filled({"amount": "1+2", "note": ""})) == (
        "/transactions?new=1&amount=1%2B2"
    )
