"""What the roles are called, for the pages of the staff area."""

from fintrack.state.role_names import ROLE_NAMES

__all__ = ["ROLE_NAMES"]
