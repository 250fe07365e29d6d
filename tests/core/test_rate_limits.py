"""The figures are whole, and what proves who one is fails closed."""

from fintrack.core.rate_limits import LIMITS, Kind


def test_each_kind_has_figures() -> None:
    assert set(LIMITS) == set(Kind)
    assert all(f.per_address >= f.per_account > 0 < f.seconds for f in LIMITS.values())


def test_sign_in_codes_and_registration_fail_closed() -> None:
    closed = {kind for kind, figures in LIMITS.items() if figures.closed}
    assert closed == {Kind.SIGN_IN, Kind.CODE, Kind.REGISTRATION}
