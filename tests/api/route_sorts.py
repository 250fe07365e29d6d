"""Routes by what they name: nothing with an id, a filter, or no ledger at all."""

# For admins; to others there is nothing there, whatever the id.
STAFF = {
    "POST /v1/staff/people/{person_id}/suspend",
    "POST /v1/staff/people/{person_id}/reinstate",
    "POST /v1/staff/people/{person_id}/end-sessions",
    "PUT /v1/staff/people/{person_id}/role",
}
# These touch no ledger, whichever the header names.
PERSONAL = {
    "GET /v1/me/sessions",
    "DELETE /v1/me/sessions",
    "DELETE /v1/me/sessions/{session_id}",
    "GET /v1/me/second-factor",
    "POST /v1/me/second-factor",
    "DELETE /v1/me/second-factor",
    "POST /v1/me/second-factor/confirmation",
    "POST /v1/me/second-factor/recovery-codes",
    "POST /v1/me/email",
    "POST /v1/me/email/confirm",
    "PUT /v1/me/password",
    *STAFF,
}
WITHOUT_IDS = {
    "GET /v1/accounts",
    "GET /v1/categories",
    "GET /v1/changes",
    "GET /v1/dashboard",
    "GET /v1/imports",
    "GET /v1/ledger",
    *PERSONAL - STAFF - {"DELETE /v1/me/sessions/{session_id}"},
    "GET /v1/me/settings",
    "GET /v1/me/trail",
    "PUT /v1/me/settings",
    "GET /v1/net-worth",
    "GET /v1/payees",
    "GET /v1/payees/recall",
    "POST /v1/accounts",
    "POST /v1/ledger/start",
    "POST /v1/sample",
    "DELETE /v1/sample",
}
# A filter by an id that is not one's own finds nothing, as one that is nobody's.
FILTERED = {
    "GET /v1/transactions",
    "GET /v1/transactions/totals",
    "GET /v1/transactions/days",
}
