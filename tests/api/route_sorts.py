"""Routes by what they name: nothing with an id, a filter, or no ledger at all."""

# For admins; to others there is nothing there, whatever the id.
STAFF = {
    "POST /v1/staff/people/{person_id}/suspend",
    "POST /v1/staff/people/{person_id}/reinstate",
    "POST /v1/staff/people/{person_id}/end-sessions",
    "PUT /v1/staff/people/{person_id}/role",
    "PUT /v1/staff/people/{person_id}/post",
    "POST /v1/staff/trail/losses/{loss_id}/acknowledge",
}
_OF_RATES = "/v1/staff/rates"
RATES = {
    *(f"GET {_OF_RATES}/{name}" for name in ("sources", "jumps", "fills")),
    f"POST {_OF_RATES}/sources/{{source}}/fetch",
    f"PUT {_OF_RATES}/sources/{{source}}/fill",
    f"DELETE {_OF_RATES}/sources/{{source}}/fill",
    f"POST {_OF_RATES}/jumps/{{source}}/{{code}}/accept",
    f"POST {_OF_RATES}/jumps/{{source}}/{{code}}/refuse",
}
# These touch no ledger, whichever the header names.
PERSONAL = {
    "GET /v1/me",
    "POST /v1/auth/step-up",
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
    *RATES,
    "GET /v1/me/picture",
    "PUT /v1/me/picture",
    "DELETE /v1/me/picture",
    "GET /v1/me/consents",
    "POST /v1/me/consents",
    "GET /v1/me/currencies",
    "PUT /v1/me/currencies/{code}",
    "DELETE /v1/me/currencies/{code}",
}
# They take several categories. The check says nothing of what a file would hold.
EXPORT = "GET /v1/transactions/export"
CHECK = "GET /v1/transactions/export/check"
WITHOUT_IDS = {
    CHECK,
    "POST /v1/books",
    "POST /v1/books/preview",
    "GET /v1/accounts",
    "GET /v1/categories",
    "GET /v1/changes",
    "GET /v1/currencies",
    "GET /v1/currencies/compare",
    "GET /v1/currencies/convert",
    "GET /v1/currencies/latest/{base}",
    "GET /v1/currencies/{base}/history/{quote}",
    "GET /v1/currencies/{base}/history/{quote}/export",
    "GET /v1/currencies/{base}/to/{quote}",
    "GET /v1/currencies/{code}",
    "GET /v1/dashboard",
    "GET /v1/imports",
    "GET /v1/imports/waiting",
    "GET /v1/ledger",
    *PERSONAL - STAFF - RATES - {"DELETE /v1/me/sessions/{session_id}"},
    "GET /v1/me/settings",
    "GET /v1/me/trail",
    "PUT /v1/me/settings",
    "GET /v1/net-worth",
    "GET /v1/own-rates",
    "PUT /v1/own-rates",
    "GET /v1/payees",
    "GET /v1/review",
    "GET /v1/review/count",
    "GET /v1/rules",
    "GET /v1/tags",
    "GET /v1/templates",
    "GET /v1/payees/recall",
    "GET /v1/recurring",
    "GET /v1/recurring/calendar",
    "GET /v1/recurring/forecast",
    "GET /v1/recurring/forecast/total",
    "GET /v1/recurring/suggestions",
    "POST /v1/recurring/suggestions/dismiss",
    "POST /v1/accounts",
    "POST /v1/ledger/start",
    "POST /v1/sample",
    "DELETE /v1/sample",
}
# A filter by an id that is not one's own finds nothing, as one that is nobody's.
FILTERED = {
    "GET /v1/transactions",
    "GET /v1/transactions/selection",
    "GET /v1/transactions/totals",
    "GET /v1/transactions/days",
    "GET /v1/reconciliations",
    EXPORT,
}
# What these are asked stands in the query, and must.
ASKING = {
    "GET /v1/currencies/compare",
    "GET /v1/currencies/convert",
    "GET /v1/payees/recall",
    "POST /v1/imports",
    "POST /v1/transactions/{transaction_id}/attachments",
}
# Ids that come in a query or a body; ``test_strangers`` tries each.
_ENTRY = (
    "expense.account_id",
    "expense.lines.category_id",
    "income.account_id",
    "income.lines.category_id",
    "transfer.from_account_id",
    "transfer.to_account_id",
    "postings.account_id",
)
_FILTER = ("filter.account_id", "filter.category_id", "filter.tag_id")
# Removals of what somebody may have changed meanwhile say which version they saw.
VERSIONED = {
    "DELETE /v1/rules/{rule_id}",
    "DELETE /v1/tags/{tag_id}",
    "DELETE /v1/templates/{template_id}",
}
# Routes that take a rule.
RULED = ("POST /v1/rules", "PUT /v1/rules/{rule_id}", "POST /v1/rules/preview")
_RULE = (
    "conditions.account_id",
    "actions.shares.category_id",
    "actions.transfer_account_id",
)
IDS_BESIDE_PATHS = {
    "PATCH /v1/imports/previews/{preview_id} account_id",
    *(
        f"{name} {field}"
        for name in (FILTERED | {CHECK}) - {"GET /v1/reconciliations"}
        for field in ("account_id", "category_id", "tag_id")
    ),
    "GET /v1/reconciliations account_id",
    "POST /v1/reconciliations account_id",
    "POST /v1/reconciliations/preview account_id",
    "POST /v1/reconciliations/balance account_id",
    "POST /v1/reconciliations/balance category_id",
    *(f"{name} {field}" for name in RULED for field in _RULE),
    *(f"{name} any_category" for name in (EXPORT, CHECK)),
    "POST /v1/rules/preview rule_id",
    "POST /v1/transactions/clear transaction_ids",
    "POST /v1/transactions/clear account_id",
    "PUT /v1/rules/order ids",
    "POST /v1/review category_id",
    "POST /v1/tags/{tag_id}/merge into_id",
    "POST /v1/tags/merge into_id",
    "POST /v1/tags/merge tags.id",
    *(
        f"POST /v1/transactions/change {field}"
        for field in ("account_id", "category_id", "transactions.id", *_FILTER)
    ),
    *(f"POST /v1/transactions {field}" for field in _ENTRY),
    *(f"PUT /v1/transactions/{{transaction_id}} {field}" for field in _ENTRY),
    "POST /v1/categories parent_id",
    "PUT /v1/categories/{category_id} parent_id",
    "POST /v1/categories/{category_id}/merge into_id",
    "POST /v1/imports account_id",
    *(
        f"{name} {field}"
        for name in ("POST /v1/recurring", "PUT /v1/recurring/{item_id}")
        for field in ("account_id", "other_id")
    ),
    *(
        f"{name} {field}"
        for name in ("POST /v1/templates", "PUT /v1/templates/{template_id}")
        for field in ("account_id", "to_account_id", "shares.category_id")
    ),
    "DELETE /v1/imports/{import_id} take_edited",
}
