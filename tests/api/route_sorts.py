"""Routes by what they name: nothing with an id, a filter, or no ledger at all."""

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
    "GET /v1/me/picture",
    "PUT /v1/me/picture",
    "DELETE /v1/me/picture",
    "GET /v1/me/consents",
    "POST /v1/me/consents",
}
WITHOUT_IDS = {
    "GET /v1/accounts",
    "GET /v1/categories",
    "GET /v1/changes",
    "GET /v1/dashboard",
    "GET /v1/imports",
    "GET /v1/ledger",
    *PERSONAL - {"DELETE /v1/me/sessions/{session_id}"},
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
