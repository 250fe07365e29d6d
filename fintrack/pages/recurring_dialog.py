"""The form of what comes again: what, how much, where, and on which days."""

import reflex as rx

from fintrack.components import forms
from fintrack.components.dialogs import dialog
from fintrack.components.elements import Attributes, button
from fintrack.components.forms import option_group
from fintrack.components.text import Text, t
from fintrack.components.versions import two_versions
from fintrack.pages.account_dialogs import form_error
from fintrack.state.ledger_choices import Choice
from fintrack.state.recurring import RecurringState as Page

DRAFT = Page.draft
IS_NEW = DRAFT.id == ""
PATTERNS = (
    ("days", t("Days")),
    ("weeks", t("Weeks")),
    ("month-day", t("Months, on a day")),
    ("month-last", t("Months, on the last day")),
    ("month-weekday", t("Months, on a weekday")),
    ("years", t("Years")),
)
WEEKS = (
    ("1", t("First")),
    ("2", t("Second")),
    ("3", t("Third")),
    ("4", t("Fourth")),
    ("5", t("Last")),
)
WEEKDAYS = (
    ("0", t("Monday")),
    ("1", t("Tuesday")),
    ("2", t("Wednesday")),
    ("3", t("Thursday")),
    ("4", t("Friday")),
    ("5", t("Saturday")),
    ("6", t("Sunday")),
)
SHIFTS = (
    ("none", t("Stays on that day")),
    ("before", t("Friday before")),
    ("after", t("Monday after")),
)


def item_dialog() -> rx.Component:
    """One dialog for a new item and for one that is there."""
    return dialog(
        rx.cond(IS_NEW, t("New recurring item"), t("Edit recurring item")).to(str),
        rx.el.form(
            form_error(Page.errors["form"]),
            rx.cond(Page.differences, _both_versions(), rx.fragment()),
            _what(),
            rx.cond(Page.waits, _waits(), rx.fragment()),
            _when(),
            forms.checkbox(
                "is_automatic",
                t("Book it by itself on the day"),
                default_checked=DRAFT.is_automatic,
            ),
            rx.cond(
                IS_NEW,
                rx.fragment(),
                button(
                    t("End it today"),
                    "danger-soft",
                    class_name="block",
                    icon_name="archive",
                    on_click=Page.end,
                ),
            ),
            forms.form_actions(
                button(t("Cancel"), "ghost", on_click=Page.set_form_open(False)),
                button(t("Save"), "solid", type="submit"),
            ),
            class_name="form",
            key=Page.form_key,
            on_submit=Page.save,
            no_validate=True,
        ),
        is_open=Page.is_form_open,
        on_open_change=Page.set_form_open,
    )


def _both_versions() -> rx.Component:
    return two_versions(
        Page.differences, take_theirs=Page.take_theirs, keep_mine=Page.keep_mine
    )


def _waits() -> rx.Component:
    return rx.el.p(
        t("Dates that wait for your yes are booked as it is saved here."),
        class_name="muted small",
    )


def _what() -> rx.Component:
    return rx.fragment(
        forms.segmented(
            "kind",
            [("out", t("Expense")), ("in", t("Income")), ("move", t("Transfer"))],
            label=t("Kind"),
            value=DRAFT.kind,
            on_change=Page.choose_kind,
        ),
        forms.two(
            _field(
                t("Name"),
                "name",
                forms.text_input(
                    "name",
                    error=Page.errors["name"],
                    default_value=DRAFT.name,
                    auto_complete="off",
                    max_length=100,
                    auto_focus=True,
                ),
            ),
            _field(
                t("Amount"),
                "amount",
                forms.amount_input(
                    "amount", error=Page.errors["amount"], default_value=DRAFT.amount
                ),
            ),
        ),
        _places(),
        rx.cond(DRAFT.kind == "move", _received(), rx.fragment()),
    )


def _received() -> rx.Component:
    return _field(
        t("Arrives"),
        "received",
        forms.amount_input(
            "received", error=Page.errors["received"], default_value=DRAFT.received
        ),
        hint=t("Only where the two accounts have different currencies."),
    )


def _places() -> rx.Component:
    return forms.two(
        _select(
            rx.cond(DRAFT.kind == "move", t("From"), t("Account")).to(str),
            "account_id",
            [_choose(), rx.foreach(Page.accounts, _account)],
            DRAFT.account,
        ),
        rx.cond(
            DRAFT.kind == "move",
            _select(
                t("To"),
                "other_id",
                [_choose(), rx.foreach(Page.accounts, _account)],
                DRAFT.other,
            ),
            _select(
                t("Category"),
                "other_id",
                [_choose(), rx.foreach(Page.categories, option_group)],
                DRAFT.other,
            ),
        ),
    )


def _when() -> rx.Component:
    return rx.fragment(
        forms.two(
            _number(t("Every"), "every", DRAFT.every),
            _field(
                t("Repeats"),
                "pattern",
                forms.select(
                    "pattern",
                    _options(PATTERNS),
                    value=DRAFT.pattern,
                    on_change=Page.choose_pattern,
                ),
            ),
        ),
        _which_day(),
        _span(),
        _select(t("On a weekend"), "shift", _options(SHIFTS), DRAFT.shift),
    )


def _which_day() -> rx.Component:
    return rx.fragment(
        rx.match(
            DRAFT.pattern,
            (
                "month-day",
                _number(
                    t("On day"),
                    "day",
                    DRAFT.day,
                    hint=t("A shorter month takes its last day."),
                ),
            ),
            (
                "month-weekday",
                forms.two(
                    _select(t("Which one"), "week", _options(WEEKS), DRAFT.week),
                    _select(t("Weekday"), "weekday", _options(WEEKDAYS), DRAFT.weekday),
                ),
            ),
            rx.fragment(),
        )
    )


def _span() -> rx.Component:
    return forms.two(
        _field(
            t("From day"),
            "starts_on",
            forms.date_input(
                "starts_on",
                error=Page.errors["starts_on"],
                default_value=DRAFT.starts_on,
            ),
            hint=t("Days before today are not entered afterwards."),
        ),
        _field(
            t("Last day"),
            "ends_on",
            forms.date_input(
                "ends_on",
                error=Page.errors["ends_on"],
                default_value=DRAFT.ends_on,
            ),
            hint=t("Leave it empty if there is none."),
        ),
    )


def _field(
    label: Text, name: str, control: rx.Component, *, hint: Text = ""
) -> rx.Component:
    return forms.field(label, name, control, hint=hint, error=Page.errors[name])


def _number(label: Text, name: str, value: Text, *, hint: Text = "") -> rx.Component:
    control = forms.text_input(
        name,
        error=Page.errors[name],
        default_value=value,
        input_mode="numeric",
        max_length=3,
        auto_complete="off",
        class_name="num",
    )
    return _field(label, name, control, hint=hint)


def _select(label: Text, name: str, options: Attributes, value: Text) -> rx.Component:
    control = forms.select(name, options, error=Page.errors[name], default_value=value)
    return _field(label, name, control)


def _options(pairs: tuple[tuple[str, rx.Var[str]], ...]) -> list[rx.Component]:
    return [rx.el.option(words, value=value) for value, words in pairs]


def _choose() -> rx.Component:
    return rx.el.option(t("Please choose"), value="")


def _account(choice: Choice) -> rx.Component:
    return rx.el.option(f"{choice.label} ({choice.currency})", value=choice.value)
