"""How somebody reaches for something: the event, the steps before it and after."""

from dataclasses import dataclass
from typing import Any

ACCOUNT, CATEGORY = "{theirs.account_id}", "{theirs.category_id}"
OWN_ACCOUNT, OWN_CATEGORY = "{own.account_id}", "{own.category_id}"

Payload = dict[str, Any]
Step = tuple[str, Payload]


@dataclass(frozen=True)
class Reach:
    """The event itself, what is done before it, and what would make use of it."""

    payload: Payload
    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    path: str = "/"


def form(**fields: str) -> Payload:
    """A form with what no page has: the names of somebody else's things."""
    more = {
        "role": "admin",
        "person_id": "{theirs.person_id}",
        "ledger_id": "{theirs.ledger_id}",
        "account_id": ACCOUNT,
        "category_id": CATEGORY,
        "transaction_id": "{theirs.transaction_id}",
        "id": ACCOUNT,
    }
    return {"form": {**more, **fields}}


NEW = form(form_key="{form_key}", amount="3", payee="Me", on_date="2026-03-05")
CHOSEN: tuple[Step, ...] = (
    ("open_new", {}),
    ("choose_account", {"account_id": OWN_ACCOUNT}),
    ("choose_category", {"category_id": OWN_CATEGORY}),
)
SPLIT: tuple[Step, ...] = (*CHOSEN, ("split", {}))
MOVE: tuple[Step, ...] = (*CHOSEN, ("choose_kind", {"kind": "move"}))
SAVE: tuple[Step, ...] = (("save", NEW),)
VOID: tuple[Step, ...] = (("ask_void", {}), ("void", {}))
EDITED: tuple[Step, ...] = (("start_edit", {"account_id": OWN_ACCOUNT}),)
RENAMED: tuple[Step, ...] = (("start_edit", {"category_id": OWN_CATEGORY}),)
RULE: tuple[Step, ...] = (("start_new", {}), ("add_condition", {}))
CHANGE = Reach({"change_id": "{theirs.change_id}"})
CHECKED: tuple[Step, ...] = (("take_file", {"preview_id": "{own.preview_id}"}),)
DECIDED: tuple[Step, ...] = (("decide", {"number": "1", "take": False}),)
LISTED: tuple[Step, ...] = (("open_new", {}), ("toggle_templates", {}))
NAMED: tuple[Step, ...] = (
    *CHOSEN,
    ("save", {"form": {**NEW["form"], "as_template": "1"}}),
)
BILL = {"name": "Mine", "amount": "3", "starts_on": "2026-11-20", "every": "1"}
ITEM = "{theirs.item_id}"
TEMPLATE = {"template_id": "{theirs.template_id}"}
DATE = {"item_id": ITEM, "rule_on": "2026-11-18"}
PREVIEW_USED: tuple[Step, ...] = (
    *DECIDED,
    ("choose_tab", {"value": "doubt"}),
    ("correct", form(encoding="utf-8-sig")),
    ("stop", {}),
    ("confirm", {}),
)

ACCOUNT_FORMS = {
    "reopen": Reach({"account_id": ACCOUNT}),
    "start_edit": Reach(
        {"account_id": ACCOUNT},
        after=(("save_edit", form(name="")), ("take_theirs", {}), ("keep_mine", {})),
    ),
    "save_new": Reach(form(name="", opening=ACCOUNT), (("start_new", {}),)),
    "save_edit": Reach(form(name=""), EDITED),
    "choose_type": Reach({"value": ACCOUNT}, (("start_new", {}),)),
    "choose_currency": Reach({"value": ACCOUNT}, (("start_new", {}),)),
    "set_form_open": Reach({"is_open": True}),
    "look_up": Reach({"words": "{theirs.mark}"}),
    "undo": CHANGE,
}

_LOADED = (("load", {}),)
_TYPED = Reach({"text": "{theirs.mark}"}, _LOADED)
_CURRENCY = Reach({"currency": "{theirs.mark}"}, _LOADED)
CONVERTER = {
    **dict.fromkeys(("choose_day", "type_left", "type_right"), _TYPED),
    **dict.fromkeys(("choose_left", "choose_right", "add", "remove"), _CURRENCY),
    "look_up": Reach({"words": "{theirs.mark}"}, _LOADED),
}
SETTINGS = {
    "picture_changed": Reach({"is_kept": True}),
    "save": Reach(form(base_currency=ACCOUNT), _LOADED),
    "look_up": Reach({"words": "{theirs.mark}"}, _LOADED),
}
CURRENCIES = {
    **dict.fromkeys(("choose_base", "follow"), _CURRENCY),
    "choose_kind": Reach({"kind": "{theirs.mark}"}, _LOADED),
    "search": Reach({"words": "{theirs.mark}"}, _LOADED),
}
_OF_CURRENCY = Reach({"currency": "{theirs.mark}"}, _LOADED, path="/currencies/TRY")
OWN_RATES = {
    "remove": Reach({"rate_id": "{theirs.rate_id}"}, path="/currencies/TRY"),
    "save": Reach(form(**{"own-rate": ACCOUNT}), _LOADED, path="/currencies/TRY"),
    "set_doubt_open": Reach({"is_open": True}),
    "undo": CHANGE,
}
ONE_CURRENCY = {
    **dict.fromkeys(("choose_base", "compare", "leave_out"), _OF_CURRENCY),
    "choose_period": Reach({"value": "{theirs.mark}"}, _LOADED, path="/currencies/TRY"),
}

TAGS = {
    "choose_target": Reach(
        {"value": "{theirs.tag_id}"},
        (("load", {}), ("start_edit", {"tag_id": "{own.tag_id}"})),
        (("start_merge", {}), ("merge", {})),
    ),
    "choose_into": Reach(
        {"value": "{theirs.tag_id}"},
        (
            ("start_merging", {}),
            ("pick", {"tag_id": "{own.tag_id}"}),
        ),
        (("merge_picked", {}),),
    ),
    "pick": Reach(
        {"tag_id": "{theirs.tag_id}"},
        (("start_merging", {}), ("choose_into", {"value": "{own.tag_id}"})),
        (("merge_picked", {}),),
    ),
    "rename": Reach(form(name="Mine")),
    "set_form_open": Reach({"is_open": True}),
    "set_merging": Reach({"is_open": True}),
    "start_edit": Reach(
        {"tag_id": "{theirs.tag_id}"},
        after=(("rename", form(name="x")), ("start_remove", {}), ("remove", {})),
    ),
    "undo": CHANGE,
}
