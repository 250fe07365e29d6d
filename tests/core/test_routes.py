from fintrack.core import routes


def test_an_account_id_cannot_leave_its_place_in_the_address() -> None:
    assert routes.account("7/../../settings") == "/accounts/7%2F..%2F..%2Fsettings"


def test_empty_filters_do_not_appear_in_the_address() -> None:
    assert routes.transactions(account="", month="2026-11") == (
        "/transactions?month=2026-11"
    )
    assert routes.transactions() == "/transactions"


def test_a_new_transaction_opens_the_entry_line() -> None:
    assert routes.new_transaction() == "/transactions?new=1"


def test_a_blank_rule_opens_its_editor() -> None:
    assert routes.blank_rule() == "/rules?new=1"


def test_a_new_account_opens_its_form() -> None:
    assert routes.new_account() == "/accounts?new=1"
    assert routes.new_account(imports=True) == "/accounts?new=1&then=import"


def test_a_currency_says_in_its_address_how_it_is_shown() -> None:
    assert routes.currency("TRY") == "/currencies/TRY"
    shown = {"in": "EUR", "with": "usd,gbp", "swap": ""}
    assert routes.currency("TRY", **shown) == "/currencies/TRY?in=EUR&with=usd,gbp"


def test_an_amount_goes_to_the_converter_as_it_was_typed() -> None:
    place = "/currencies?amount=2%2A%2850%2B1%29&from=USD&to=TRY"
    assert routes.converting("2*(50+1)", "USD", "TRY") == place
