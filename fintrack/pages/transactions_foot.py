"""The end of a transaction's form: details, what memory says, what else it can do."""

import reflex as rx

from fintrack.components.elements import page_link
from fintrack.components.entry import send_as
from fintrack.components.forms import amount_input, field, text_input
from fintrack.components.marks import mark_sign
from fintrack.components.text import Text, t
from fintrack.state.transaction_form import TransactionForm

FORM = TransactionForm
# Its places stay as they are.
IS_KEPT = (FORM.draft.kind == "fixed") | (FORM.draft.kind == "opening")
# The longest code of a coin.
MAX_CODE = 8


def details() -> rx.Component:
    """Note, tags and foreign amount."""
    money, code = FORM.errors["original_amount"], FORM.errors["original_currency"]
    return rx.el.div(
        field(
            t("Note"),
            "note",
            text_input(
                "note", error=FORM.errors["note"], default_value=FORM.draft.note
            ),
            error=FORM.errors["note"],
        ),
        _tags(),
        field(
            t("Charged abroad"),
            "original_amount",
            amount_input(
                "original_amount",
                error=money,
                default_value=FORM.draft.original_amount,
            ),
            error=money,
        ),
        field(
            t("Currency"),
            "original_currency",
            text_input(
                "original_currency",
                error=code,
                default_value=FORM.draft.original_currency,
                placeholder="USD",
                max_length=MAX_CODE,
            ),
            error=code,
        ),
        class_name="entry-more",
    )


def foot(is_split: rx.vars.BooleanVar) -> rx.Component:
    """What memory says, and what else can be done."""
    return rx.el.div(
        rx.el.span(FORM.memory, class_name="muted small", aria_live="polite"),
        rx.cond(FORM.why, _why(), rx.fragment()),
        _links(is_split),
        class_name="entry-foot",
    )


def _links(is_split: rx.vars.BooleanVar) -> rx.Component:
    """Split, details, template, void."""
    can_split = (FORM.draft.kind == "out") | (FORM.draft.kind == "in")
    return rx.el.div(
        rx.cond(
            can_split & ~is_split,
            _link(t("Split"), FORM.split),
            rx.fragment(),
        ),
        _link(t("Note, tags, foreign amount"), FORM.toggle_details),
        rx.cond(FORM.mark.name, _mark(), rx.fragment()),
        rx.cond(
            IS_KEPT,
            rx.fragment(),
            send_as("as_template", t("Save as template"), class_name="link small"),
        ),
        rx.cond(
            FORM.mode == "edit",
            _link(t("Make void"), FORM.ask_void),
            rx.fragment(),
        ),
        class_name="links",
    )


def _mark() -> rx.Component:
    """Saved at once, as in the list."""
    return rx.el.button(
        mark_sign(FORM.mark),
        FORM.mark.words,
        type="button",
        class_name="link small signed",
        aria_pressed=rx.cond(FORM.mark.name == "open", "false", "true"),
        disabled=FORM.mark.name == "locked",
        on_click=FORM.toggle_cleared,
    )


def _tags() -> rx.Component:
    return field(
        t("Tags"),
        "tags",
        text_input(
            "tags",
            error=FORM.errors["tags"],
            default_value=FORM.draft.tags,
            key=FORM.tags_revision,
            on_change=FORM.type_tags.debounce(150),
            placeholder=t("Parted by commas"),
            auto_complete="off",
        ),
        error=FORM.errors["tags"],
    )


def _why() -> rx.Component:
    """Where the category came from; a rule is one step away."""
    return rx.el.span(
        rx.cond(
            FORM.why_href,
            page_link(FORM.why, to=FORM.why_href, class_name="link"),
            rx.el.span(FORM.why),
        ),
        class_name="muted small",
    )


def _link(label: Text, on_click: rx.event.EventType[()]) -> rx.Component:
    return rx.el.button(
        label, type="button", class_name="link small", on_click=on_click
    )
