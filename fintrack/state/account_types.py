"""What people call the types of accounts."""

from fintrack.core.chart import AccountType
from fintrack.core.text import message_id

TYPE_NAMES: dict[str, str] = {
    AccountType.CHECKING: message_id("Checking"),
    AccountType.SAVINGS: message_id("Savings"),
    AccountType.CREDIT_CARD: message_id("Credit card"),
    AccountType.CASH: message_id("Cash"),
    AccountType.INVESTMENT: message_id("Investment"),
    AccountType.LOAN: message_id("Loan"),
    AccountType.OTHER: message_id("Other"),
}
