"""What the roles are called."""

from fintrack.core.actor import Role
from fintrack.core.text import message_id

ROLE_NAMES = {
    Role.USER: message_id("User"),
    Role.SUPPORT: message_id("Support"),
    Role.OPERATOR: message_id("Operator"),
    Role.ANALYST: message_id("Analyst"),
    Role.ADMIN: message_id("Admin"),
}
