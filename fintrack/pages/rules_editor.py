"""The editor of a rule: its words first, then what it would change."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.dialogs import dialog
from fintrack.components.elements import badge, button, icon, icon_button
from fintrack.components.forms import option, option_group
from fintrack.components.money import money
from fintrack.components.text import Text, t
from fintrack.pages.account_dialogs import form_error
from fintrack.pages.rules_condition import condition
from fintrack.state.rule_rows import ChangeRow, ShareDraft
from fintrack.state.rules import RulesState

STATE = RulesState


def editor() -> rx.Component:
    """The dialog; it has two steps."""
    return dialog(
        rx.cond(STATE.is_new, t("New rule"), t("Edit rule")),
        rx.cond(STATE.step == "look", _look(), _write()),
        is_open=STATE.step != "",
        on_open_change=STATE.set_form_open,
    )


def _write() -> rx.Component:
    return rx.el.form(
        form_error(STATE.errors["form"]),
        _when(),
        _then(),
        forms.form_actions(
            rx.cond(
                STATE.is_new,
                rx.fragment(),
                button(t("Remove"), "danger-soft", on_click=STATE.remove),
            ),
            rx.el.span(class_name="spacer"),
            button(t("Cancel"), "ghost", on_click=STATE.set_form_open(False)),
            button(t("See what changes"), "solid", type="submit"),
        ),
        class_name="form rule-form",
        key=STATE.form_key,
        on_submit=STATE.try_out,
        no_validate=True,
    )


def _when() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("If")),
        rx.cond(
            rx.Var.create(STATE.draft.conditions).to(list).length() > 1,
            forms.segmented(
                "join",
                [("all", t("All of these")), ("any", t("Any of these"))],
                label=t("Conditions"),
                value=STATE.draft.join,
                on_change=STATE.choose_join,
            ),
            rx.fragment(),
        ),
        rx.foreach(STATE.draft.conditions, condition),
        _link(t("One more condition"), STATE.add_condition),
    )


def _then() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("Then")),
        _does(),
        rx.match(
            STATE.draft.does,
            ("category", _category()),
            ("split", _split()),
            ("transfer", _transfer()),
            rx.fragment(),
        ),
        _words("payee", t("Payee"), STATE.draft.payee, t("As it came")),
        _words("tags", t("Tags"), STATE.draft.tags, t("Parted by commas")),
        _words("note", t("Note"), STATE.draft.note, t("Where there is none")),
    )


def _does() -> rx.Component:
    return forms.segmented(
        "does",
        [
            ("category", t("Category")),
            ("split", t("Split")),
            ("transfer", t("Transfer")),
            ("nothing", t("Words only")),
        ],
        label=t("What the money is for"),
        value=STATE.draft.does,
        on_change=STATE.choose_does,
    )


def _category() -> rx.Component:
    error = STATE.errors["shares"]
    return forms.field(
        t("Category"),
        "category",
        forms.select(
            "category",
            [
                rx.el.option(t("Choose a category"), value=""),
                rx.foreach(STATE.categories, option_group),
            ],
            default_value=STATE.draft.category,
            error=error,
        ),
        error=error,
    )


def _split() -> rx.Component:
    return rx.el.div(
        rx.foreach(STATE.draft.shares, _share),
        rx.cond(
            STATE.errors["shares"],
            rx.el.p(STATE.errors["shares"], class_name="help bad", role="alert"),
            rx.fragment(),
        ),
        _link(t("One more category"), STATE.add_share),
        class_name="rule-shares",
        role="group",
        aria_label=t("Split"),
    )


def _share(share: ShareDraft) -> rx.Component:
    return rx.el.div(
        forms.select(
            f"category_{share.key}",
            [
                rx.el.option(t("Choose a category"), value=""),
                rx.foreach(STATE.categories, option_group),
            ],
            default_value=share.category,
            aria_label=t("Category"),
        ),
        forms.text_input(
            f"percent_{share.key}",
            default_value=share.percent,
            input_mode="numeric",
            class_name="num right",
            aria_label=t("Percent"),
            placeholder="%",
        ),
        icon_button("x", t("Take away"), on_click=STATE.drop_share(share.key)),
        class_name="rule-share",
        key=share.key,
    )


def _transfer() -> rx.Component:
    error = STATE.errors["transfer_account_id"]
    return forms.field(
        t("To account"),
        "transfer",
        forms.select(
            "transfer",
            [
                rx.el.option(t("Choose"), value=""),
                rx.foreach(STATE.targets, option),
            ],
            default_value=STATE.draft.transfer,
            error=error,
        ),
        error=error,
    )


def _words(name: str, label: Text, value: Text, hint: Text) -> rx.Component:
    error = STATE.errors[name]
    return forms.field(
        label,
        name,
        forms.text_input(
            name,
            error=error,
            default_value=value,
            auto_complete="off",
            placeholder=hint,
        ),
        error=error,
    )


def _left(text: Text) -> rx.Component:
    return rx.el.p(
        icon("lock", "xs"), rx.el.span(text), class_name="muted small lock-note"
    )


def _look() -> rx.Component:
    """What the rule would change: each row before and after."""
    return rx.el.div(
        rx.el.p(STATE.count, role="status", class_name="medium"),
        rx.foreach(STATE.left, _left),
        rx.el.p(
            t("Categories that you chose yourself stay. You can undo this."),
            class_name="muted small",
        ),
        _changes(),
        forms.form_actions(
            button(t("Back"), "ghost", on_click=STATE.go_back),
            rx.el.span(class_name="spacer"),
            rx.cond(
                STATE.can_apply,
                rx.fragment(
                    button(t("Save for new ones only"), on_click=STATE.save),
                    button(STATE.apply_label, "solid", on_click=STATE.save_and_apply),
                ),
                button(t("Save"), "solid", on_click=STATE.save),
            ),
        ),
        class_name="form",
    )


def _changes() -> rx.Component:
    return rx.fragment(
        rx.cond(
            STATE.changes,
            rx.el.ul(
                rx.foreach(STATE.changes, _change),
                class_name="rows rule-changes",
                aria_label=t("Before and after"),
                tab_index=0,
            ),
            rx.fragment(),
        ),
        rx.cond(
            STATE.next_changes,
            button(t("Show more"), "soft", on_click=STATE.show_more),
            rx.fragment(),
        ),
    )


def _change(row: ChangeRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.b(row.name, class_name="truncate"),
            rx.el.span(row.day, class_name="muted small"),
            class_name="what",
        ),
        rx.el.span(
            rx.cond(row.before, rx.el.s(row.before, class_name="muted"), rx.fragment()),
            rx.el.span(row.after, class_name="accent"),
            rx.cond(row.is_locked, badge(t("Stays as it is")), rx.fragment()),
            class_name="turns small",
        ),
        money(row.amount),
        class_name="row",
        key=row.id,
    )


def _link(label: Text, on_click: rx.event.EventType[()]) -> rx.Component:
    return rx.el.button(
        label, type="button", class_name="link small", on_click=on_click
    )
