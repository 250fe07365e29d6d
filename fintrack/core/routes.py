"""Addresses of the pages; links and redirects take them from here only."""

from urllib.parse import quote, urlencode

DASHBOARD = "/"
TRANSACTIONS = "/transactions"
ADD = "/add"
ACCOUNTS = "/accounts"
ACCOUNT = "/accounts/[account_id]"
RECONCILE = "/accounts/[account_id]/reconcile"
CATEGORIES = "/categories"
TAGS = "/tags"
CURRENCIES = "/currencies"
CURRENCY = "/currencies/[currency_code]"
RECURRING = "/recurring"
HISTORY = "/history"
REVIEW = "/review"
RULES = "/rules"
IMPORT = "/import"
THEN_IMPORT = "import"
NOT_FOUND = "404"
STAFF = "/admin"
STAFF_JOBS = "/admin/jobs"
STAFF_MAIL = "/admin/mail"
STAFF_RATES = "/admin/rates"
STAFF_TRAIL = "/admin/trail"
STAFF_USERS = "/admin/users"
STAFF_USER = "/admin/users/[person_id]"
SETTINGS = "/settings"
SECURITY = "/settings/security"
NOTICES = "/settings/notices"
CONSENTS = "/settings/consents"
SETUP = "/setup"
REGISTER = "/register"
ENROL = "/second-factor"
FORGOT = "/forgot"
TERMS = "/terms"
TRAIL = "/settings/trail"
SIGN_IN = "/signin"
WELCOME = "/welcome"
STYLEGUIDE = "/styleguide"


def dashboard(period: str = "") -> str:
    """The dashboard of a period; without one, of the present month."""
    return f"{DASHBOARD}?{urlencode({'period': period})}" if period else DASHBOARD


def account(account_id: str) -> str:
    """The page of one account."""
    return f"{ACCOUNTS}/{quote(account_id, safe='')}"


def currency(code: str, **shown: str) -> str:
    """The page of one currency; what is empty is left out."""
    query = urlencode({name: value for name, value in shown.items() if value}, safe=",")
    place = f"{CURRENCIES}/{quote(code, safe='')}"
    return f"{place}?{query}" if query else place


def converting(amount: str, source: str, target: str) -> str:
    """The currencies with an amount in the converter."""
    query = urlencode({"amount": amount, "from": source, "to": target})
    return f"{CURRENCIES}?{query}"


def reconcile(account_id: str, **shown: str) -> str:
    """An account beside a statement; what is empty is left out."""
    query = urlencode({name: value for name, value in shown.items() if value})
    place = f"{account(account_id)}/reconcile"
    return f"{place}?{query}" if query else place


def staff_user(person_id: str) -> str:
    """The page of one person for staff."""
    return f"{STAFF_USERS}/{quote(person_id, safe='')}"


def staff_trail(person_id: str) -> str:
    """The trail of one person for staff."""
    return f"{STAFF_TRAIL}?{urlencode({'person': person_id})}"


def transactions(**filters: str) -> str:
    """The transactions, narrowed by the given filters; empty ones are left out."""
    query = urlencode({name: value for name, value in filters.items() if value})
    return f"{TRANSACTIONS}?{query}" if query else TRANSACTIONS


def rule(rule_id: str) -> str:
    """The rules with the editor of one of them open."""
    return f"{RULES}?{urlencode({'rule': rule_id})}"


def new_rule(payee: str, category_id: str) -> str:
    """The rules with a new one begun: what this payee's money is for."""
    return f"{RULES}?{urlencode({'payee': payee, 'category': category_id})}"


def blank_rule() -> str:
    """The rules with an empty one begun."""
    return f"{RULES}?{urlencode({'new': '1'})}"


def after(page: str, done: str) -> str:
    """A page that says once what was just ``done``."""
    return f"{page}?{urlencode({'done': done})}"


def preview(preview_id: str) -> str:
    """The import with a file that waits for a yes."""
    return f"{IMPORT}?{urlencode({'preview': preview_id})}"


def left_out(preview_id: str) -> str:
    """The file of the rows that an import leaves out; REST serves it."""
    return f"/api/v1/imports/previews/{quote(preview_id, safe='')}/left-out"


def rates_file(base: str, quoted: str, period: str, on: str, since: str) -> str:
    """The course of a rate up to a day as a file; REST serves it.

    ``since`` is a day before the period with which it begins, or empty.
    """
    asked = {"period": period, "on": on} | ({"since": since} if since else {})
    query = urlencode(asked)
    return f"/api/v1/currencies/{base}/history/{quoted}/export?{query}"


def transactions_file(query: str, written_as: str) -> str:
    """The transactions of a filter as a file; REST serves it, and a check beside it."""
    return f"/api/v1/transactions/export?format={written_as}&{query}"


def own_picture(name: str) -> str:
    """One's own picture; REST serves it. ``name`` tells it from the one before."""
    return f"/api/v1/me/picture?{urlencode({'of': name})}" if name else ""


def new_transaction(**texts: str) -> str:
    """The transactions with the entry line open, and ``texts`` in its fields."""
    return transactions(new="1", **texts)


def new_account(*, imports: bool = False) -> str:
    """The accounts with the form of a new one open, perhaps to import into it."""
    goes_on = {"then": THEN_IMPORT} if imports else {}
    return f"{ACCOUNTS}?{urlencode({'new': '1', **goes_on})}"


def importing(account_id: str) -> str:
    """The import into an account."""
    return f"{IMPORT}?{urlencode({'account': account_id})}"
