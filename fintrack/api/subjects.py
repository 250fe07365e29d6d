"""The routes of the product; the wiring hands them to the application."""

from fintrack.api import (
    accounts,
    categories,
    changes,
    consents,
    curves,
    dashboard,
    imports,
    ledger,
    own_sessions,
    own_sign_in,
    payees,
    pictures,
    preferences,
    previews,
    second_factor,
    staff,
    trail,
    transactions,
)

# Routes with a fixed word come before those where an id stands in its place.
SUBJECTS = (
    ledger.routes,
    preferences.routes,
    own_sessions.routes,
    second_factor.routes,
    own_sign_in.routes,
    pictures.routes,
    consents.routes,
    trail.routes,
    staff.routes,
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
