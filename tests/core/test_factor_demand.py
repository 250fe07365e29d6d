"""The demand for a second factor concerns nobody, the staff, or everybody."""

import pytest

from fintrack.core.actor import STAFF, Role
from fintrack.core.factor_demand import FactorDemand


@pytest.mark.parametrize("role", Role)
def test_demand_concerns_the_roles_it_names(role: Role) -> None:
    assert not FactorDemand.OFFERED.concerns(role)
    assert FactorDemand.STAFF.concerns(role) is (role in STAFF)
    assert FactorDemand.EVERYBODY.concerns(role)
