"""Who must have a second factor; an operator decides, by role."""

from enum import StrEnum

from fintrack.core.actor import STAFF, Role


class FactorDemand(StrEnum):
    """The values of ``FINTRACK_SECOND_FACTOR``."""

    OFFERED = "offered"
    STAFF = "staff"
    EVERYBODY = "everybody"

    def concerns(self, role: Role) -> bool:
        """Whether people of this role must have one."""
        return self is FactorDemand.EVERYBODY or (
            self is FactorDemand.STAFF and role in STAFF
        )
