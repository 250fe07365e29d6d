"""What somebody sends to each event handler, with an id of somebody else in it.

A handler that takes something and is not listed here fails ``test_strangers``.
"""

from tests.state.reaches import (
    ACCOUNT,
    ACCOUNT_FORMS,
    BILL,
    CATEGORY,
    CHANGE,
    CHECKED,
    CHOSEN,
    CONVERTER,
    CURRENCIES,
    DATE,
    ITEM,
    LISTED,
    MOVE,
    NAMED,
    NEW,
    ONE_CURRENCY,
    OWN_ACCOUNT,
    OWN_CATEGORY,
    OWN_RATES,
    PREVIEW_USED,
    RENAMED,
    RULE,
    SAVE,
    SETTINGS,
    SPLIT,
    TAGS,
    TEMPLATE,
    VOID,
    Reach,
    form,
)

LOADED = (("load", {}),)
_PATH = "/accounts/" + ACCOUNT
_RECONCILE = _PATH + "/reconcile"

REACHES: dict[str, dict[str, Reach]] = {
    "AccountState": {
        **ACCOUNT_FORMS,
        "reopen_reconciliation": Reach(
            {"reconciliation_id": "{theirs.reconciliation_id}"}
        ),
        "choose_span": Reach({"value": "1m"}, path=_PATH),
    },
    "AccountsState": ACCOUNT_FORMS,
    "AppearanceState": {"keep": Reach({"appearance": "dark"})},
    "AttachmentsState": {
        "added": CHANGE,
        "remove": Reach({"attachment_id": "{theirs.attachment_id}"}),
        "set_void": Reach({"is_open": True}),
        "undo": CHANGE,
    },
    "CategoriesState": {
        "start_edit": Reach(
            {"category_id": CATEGORY},
            after=(("start_merge", {}), ("merge", {}), ("save_edit", form(name=""))),
        ),
        "start_new": Reach({"kind": CATEGORY}),
        "choose_kind": Reach({"value": CATEGORY}),
        "choose_target": Reach(
            {"value": CATEGORY}, (*RENAMED, ("start_merge", {})), (("merge", {}),)
        ),
        "save_new": Reach(
            form(name="Mine", parent_id=CATEGORY),
            (("start_new", {"kind": "expense"}),),
        ),
        "save_edit": Reach(form(name="Mine", parent_id=CATEGORY), RENAMED),
        "set_form_open": Reach({"is_open": True}),
        "undo": CHANGE,
    },
    "ConsentsState": {"agree": Reach({"subject": ACCOUNT}, (("load", {}),))},
    "DashboardState": {
        "choose_period": Reach({"value": ACCOUNT}),
        "choose_currency": Reach({"value": ACCOUNT}, (("load", {}),)),
        "choose_span": Reach({"value": ACCOUNT}, (("load", {}),)),
        "undo": CHANGE,
    },
    "HistoryState": {"toggle": CHANGE, "undo": CHANGE},
    "ImportState": {
        "books_brought": CHANGE,
        "choose_account": Reach({"value": ACCOUNT}, (("load", {}),)),
        "choose_part": Reach({"value": ACCOUNT}, CHECKED),
        "choose_tab": Reach({"value": ACCOUNT}, CHECKED),
        "correct": Reach(form(encoding="utf-8-sig", header_row=ACCOUNT), CHECKED),
        "decide": Reach({"number": ACCOUNT, "take": True}, CHECKED),
        "set_asking": Reach({"is_open": True}),
        "set_correcting": Reach({"is_open": True}),
        "take_back": Reach(
            {"import_id": "{theirs.import_id}"},
            after=(("take_all", {}), ("take_unedited", {})),
        ),
        "ask_discard": Reach(
            {"preview_id": "{theirs.preview_id}"}, after=(("discard_waiting", {}),)
        ),
        "set_discarding": Reach({"is_open": True}),
        "take_file": Reach({"preview_id": "{theirs.preview_id}"}, after=PREVIEW_USED),
        "undo": CHANGE,
    },
    "LastUndo": {"undo": CHANGE},
    "ManyState": {
        "apply": Reach(
            form(category_id=CATEGORY), after=(("apply", form(account_id=ACCOUNT)),)
        ),
        "open": Reach({"deed": "void"}, after=(("void", {}),)),
        "set_cleared": Reach({"cleared": True}),
        "set_open": Reach({"is_open": True}),
    },
    "NoticesState": {
        "turn": Reach({"name": ACCOUNT, "is_on": True}, (("load", {}),)),
    },
    "PaletteState": {"look_up": Reach({"words": "{mark}"})},
    # Of the staff area: whoever is no staff meets nothing at all.
    "JobsState": {
        "choose": Reach({"job": "mail.send"}),
        "run": Reach({"job": "mail.send"}),
    },
    "MailState": {"choose": Reach({"wanted": "sent"})},
    "OverviewState": {"mend": Reach({"remedy": "mail"})},
    "PersonState": {
        "choose_role": Reach({"role": "admin"}),
        "look_again": Reach({"role": "admin"}),
    },
    "RatesState": {
        "ask": Reach({"currency": "TRY", "source": "ecb", "deed": "accept"}),
        "fetch": Reach({"source": "ecb"}),
        "fill": Reach(form(source="ecb", first="2026-03-01", last="2026-03-02")),
        "set_asking": Reach({"is_open": True}),
        "stop": Reach({"source": "ecb"}),
    },
    "StaffTrailState": {"search": Reach(form(person="{theirs.person_id}"))},
    "UsersState": {"search": Reach({"words": "{mark}"})},
    "ReviewState": {
        "choose": Reach(
            {"place": "{mark} shop", "kind": "expense", "category_id": CATEGORY}
        ),
        "undo": CHANGE,
    },
    # The address names somebody else's account: the page shows and does nothing.
    "ReconcileState": {
        "choose_category": Reach(
            {"category_id": CATEGORY},
            (("load", {}), ("type_balance", {"text": "1"})),
            (("set_balancing", {"is_open": True}), ("balance", {})),
            path=_RECONCILE,
        ),
        "choose_day": Reach({"text": "2026-03-05"}, path=_RECONCILE),
        "choose_rows": Reach({"value": ACCOUNT}, path=_RECONCILE),
        "keep_balance": Reach(
            {"text": "1"}, (("load", {}),), (("finish", {}),), path=_RECONCILE
        ),
        "set_balancing": Reach({"is_open": True}, (("load", {}),), path=_RECONCILE),
        "toggle": Reach(
            {"transaction_id": "{theirs.transaction_id}"},
            (("load", {}),),
            (("mark_page", {}),),
            path=_RECONCILE,
        ),
        "type_balance": Reach({"text": "1"}, (("load", {}),), path=_RECONCILE),
        "undo": CHANGE,
    },
    "RulesState": {
        "choose_does": Reach({"value": "split"}, (("start_new", {}),)),
        "choose_field": Reach({"name": CATEGORY, "value": "flow"}, RULE),
        "choose_join": Reach({"value": "any"}, RULE),
        "drop_condition": Reach({"name": CATEGORY}, RULE),
        "drop_share": Reach(
            {"name": CATEGORY}, (*RULE, ("choose_does", {"value": "split"}))
        ),
        "move": Reach({"rule_id": "{theirs.rule_id}", "place": "1"}, (("load", {}),)),
        "set_form_open": Reach({"is_open": True}),
        "start_edit": Reach(
            {"rule_id": "{theirs.rule_id}"},
            after=(("try_out", form()), ("save_and_apply", {}), ("remove", {})),
        ),
        "try_out": Reach(
            form(category=CATEGORY),
            (("load", {}),),
            (("save_and_apply", {}),),
            path="/rules?payee=Shop",
        ),
        "turn": Reach({"rule_id": "{theirs.rule_id}", "is_on": False}),
        "undo": CHANGE,
    },
    "RecurringState": {
        "accept": Reach({"mark": "out EUR {mark} shop"}),
        "book": Reach(DATE, after=(("book_anyway", {}),)),
        "book_today": Reach(DATE, after=(("book_anyway", {}),)),
        "choose_account": Reach({"value": ACCOUNT}, (("load", {}),)),
        "choose_date": Reach({**DATE, "due_on": DATE["rule_on"]}),
        "choose_kind": Reach({"value": ACCOUNT}, (("start_new", {}),)),
        "choose_pattern": Reach({"value": ACCOUNT}, (("start_new", {}),)),
        "dismiss": Reach({"mark": "out EUR {mark} shop"}),
        "save": Reach(
            form(**BILL, other_id=OWN_CATEGORY),
            (("start_new", {}),),
            (("save", form(**BILL, account_id=OWN_ACCOUNT, other_id=CATEGORY)),),
        ),
        "set_date_open": Reach({"is_open": True}),
        "set_form_open": Reach({"is_open": True}),
        "set_warning": Reach({"is_open": True}),
        "skip": Reach(DATE),
        "start_edit": Reach(
            {"item_id": ITEM},
            after=(
                ("save", form(name="", amount="")),
                ("take_theirs", {}),
                ("keep_mine", {}),
                ("end", {}),
            ),
        ),
        "undo": CHANGE,
    },
    "SettingsState": SETTINGS,
    "ConvertingState": CONVERTER,
    "CurrenciesState": CURRENCIES,
    "CurrencyState": ONE_CURRENCY,
    "OwnRatesState": OWN_RATES,
    "TagsState": TAGS,
    "TransactionForm": {
        "choose_account": Reach({"account_id": ACCOUNT}, CHOSEN, SAVE),
        "choose_category": Reach({"category_id": CATEGORY}, CHOSEN, SAVE),
        "choose_kind": Reach({"kind": CATEGORY}, CHOSEN),
        "choose_share": Reach(
            {"share_id": "{share}", "category_id": CATEGORY},
            SPLIT,
            (
                ("type_share", {"share_id": "{share}", "text": "3"}),
                ("drop_share", {"share_id": "{other share}"}),
                *SAVE,
            ),
        ),
        "choose_to_account": Reach({"account_id": ACCOUNT}, MOVE, SAVE),
        "drop_share": Reach({"share_id": CATEGORY}, SPLIT),
        "keep_template": Reach(form(template_name=""), NAMED),
        "open_edit": Reach(
            {"transaction_id": "{theirs.transaction_id}"}, after=(*SAVE, *VOID)
        ),
        "remove_template": Reach(TEMPLATE, LISTED),
        "rename_template": Reach(
            form(new_name="{mark} Lunch"), (*LISTED, ("start_rename", TEMPLATE))
        ),
        "save": Reach({"form": {**NEW["form"], "amount": ""}}, CHOSEN),
        "set_asking": Reach({"is_open": True}),
        "set_open": Reach({"is_open": True}),
        "set_warning": Reach({"is_open": True}, after=(("go_on", {}),)),
        "put_rest": Reach({"share_id": CATEGORY}, SPLIT),
        "start_rename": Reach(TEMPLATE, LISTED),
        "step_day": Reach({"text": ACCOUNT, "days": 1}, CHOSEN),
        "type_amount": Reach({"text": ACCOUNT}, CHOSEN),
        "type_day": Reach({"text": "{mark}"}, CHOSEN),
        "type_payee": Reach({"text": "{mark} Shop"}, (("open_new", {}),)),
        "type_share": Reach({"share_id": CATEGORY, "text": "3"}, SPLIT),
        "use_template": Reach(TEMPLATE, (("open_new", {}),), SAVE),
        "type_tags": Reach({"text": "{mark}"}, CHOSEN),
    },
    "TransactionsState": {
        "choose_account": Reach({"account_id": ACCOUNT}),
        "choose_category": Reach({"category_id": CATEGORY}),
        "choose_period": Reach({"value": ACCOUNT}),
        "pick": Reach(
            {"ids": ["{theirs.transaction_id}"], "on": True}, (("load", {}),)
        ),
        "filter": Reach(form(least=ACCOUNT)),
        "remove_filter": Reach({"name": ACCOUNT}),
        "search": Reach({"words": "{mark}"}),
        "set_filters": Reach({"is_open": True}),
        "toggle_cleared": Reach({"transaction_id": "{theirs.transaction_id}"}, LOADED),
        "undo": CHANGE,
    },
    "WelcomeState": {
        "start_fresh": Reach(form(name="Mine", currency=ACCOUNT), LOADED),
        "look_up": Reach({"words": "{theirs.mark}"}, LOADED),
    },
}
