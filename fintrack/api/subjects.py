"""The routes of the product; the wiring hands them to the application."""

from fintrack.api import (
    accounts,
    categories,
    changes,
    curves,
    dashboard,
    imports,
    ledger,
    payees,
    preferences,
    previews,
    trail,
    transactions,
)

# Routes with a fixed word come before those where an id stands in its place.
SUBJECTS = (
    ledger.routes,
    preferences.routes,
    trail.routes,
    accounts.routes,
    categories.routes,
    payees.routes,
    transactions.routes,
    previews.routes,
    imports.routes,
    changes.routes,
    dashboard.routes,
    curves.routes,
)
