"""The tags: how often and when last, and the forms that rename, merge, remove."""

import reflex as rx

from fintrack.components import forms, lists, states
from fintrack.components.cards import card
from fintrack.components.dialogs import confirm, dialog
from fintrack.components.elements import (
    button,
    icon_button,
    link_button,
    page_link,
)
from fintrack.components.forms import option
from fintrack.components.layout import page_head
from fintrack.components.text import page_title, t
from fintrack.core import routes
from fintrack.pages.account_dialogs import form_error
from fintrack.pages.framed import framed
from fintrack.state.tag_rows import TagRow
from fintrack.state.tags import TagsState
from fintrack.state.tags_merging import MergeRow

STATE = TagsState


@rx.page(route=routes.TAGS, title=page_title(t("Tags")), on_load=TagsState.load)
def tags() -> rx.Component:
    """The page."""
    return framed(
        page_head(
            t("Tags"),
            rx.cond(
                STATE.has_several,
                button(
                    t("Merge several …"),
                    icon_name="merge",
                    on_click=STATE.start_merging,
                ),
                rx.fragment(),
            ),
            sub=t("Words of your own, beside the category: a trip, a project."),
        ),
        rx.cond(
            STATE.is_loading,
            card(states.loading_rows(6, t("Loading the tags"))),
            rx.cond(
                STATE.has_failed,
                states.could_not_load(
                    t("The tags could not be loaded"),
                    STATE.load,
                    reference=STATE.failure,
                ),
                rx.cond(
                    STATE.rows, card(lists.rows(STATE.rows, _row, t("Tags"))), _none()
                ),
            ),
        ),
        _dialogs(),
        here=routes.TAGS,
        state=STATE,
    )


def _none() -> rx.Component:
    return states.nothing_yet(
        t("No tags yet"),
        t("A tag is made where you write it: on a transaction, or on several at once."),
        link_button(t("Transactions"), routes.TRANSACTIONS),
        icon_name="hash",
    )


def _row(row: TagRow) -> rx.Component:
    return rx.el.div(
        page_link(
            lists.what(row.name, row.detail),
            to=row.href,
            class_name="row",
            custom_attrs={"data-row": ""},
        ),
        icon_button("pencil", t("Edit tag"), on_click=STATE.start_edit(row.id)),
        class_name="row-with-tool",
    )


def _dialogs() -> rx.Component:
    return rx.fragment(
        dialog(
            t("Edit tag"),
            _edit_form(),
            text=STATE.touched,
            is_open=STATE.form == "edit",
            on_open_change=STATE.set_form_open,
        ),
        dialog(
            t("Merge into another tag"),
            _merge_form(),
            text=STATE.touched,
            is_open=STATE.form == "merge",
            on_open_change=STATE.set_form_open,
        ),
        dialog(
            t("Merge several tags into one"),
            _merge_many(),
            text=t("Everything that has one of the picked tags gets the one you keep."),
            is_open=STATE.is_merging,
            on_open_change=STATE.set_merging,
        ),
        confirm(
            t("Remove this tag?"),
            rx.el.span(
                t("It is taken off everything that has it."),
                " ",
                rx.el.b(STATE.touched),
            ),
            button(t("Keep it"), on_click=STATE.set_form_open(False)),
            button(t("Remove it"), "danger", on_click=STATE.remove),
            is_open=STATE.form == "remove",
            on_open_change=STATE.set_form_open,
        ),
    )


def _edit_form() -> rx.Component:
    error = STATE.errors["name"]
    return rx.form(
        form_error(STATE.errors["form"]),
        forms.field(
            t("Name"),
            "name",
            forms.text_input(
                "name", error=error, default_value=STATE.name, auto_complete="off"
            ),
            error=error,
        ),
        rx.cond(
            STATE.targets,
            button(
                t("Merge into another …"),
                "outline",
                class_name="block",
                icon_name="merge",
                on_click=STATE.start_merge,
            ),
            rx.fragment(),
        ),
        button(
            t("Remove …"),
            "danger-soft",
            class_name="block",
            icon_name="trash-2",
            on_click=STATE.start_remove,
        ),
        forms.form_actions(
            button(t("Cancel"), "ghost", on_click=STATE.set_form_open(False)),
            button(t("Save"), "solid", type="submit"),
        ),
        class_name="form",
        key=STATE.form_key,
        on_submit=STATE.rename,
    )


def _merge_form() -> rx.Component:
    error = STATE.errors["into_id"]
    return rx.el.div(
        form_error(STATE.errors["form"]),
        forms.field(
            t("Into"),
            "into_id",
            forms.select(
                "into_id",
                [
                    rx.el.option(t("Choose"), value=""),
                    rx.foreach(STATE.targets, option),
                ],
                value=STATE.target,
                on_change=STATE.choose_target,
                error=error,
            ),
            error=error,
        ),
        forms.form_actions(
            button(t("Cancel"), "ghost", on_click=STATE.set_form_open(False)),
            button(t("Merge"), "solid", on_click=STATE.merge),
        ),
        class_name="form",
    )


def _merge_many() -> rx.Component:
    errors = STATE.merge_errors
    return rx.el.div(
        form_error(errors["form"]),
        form_error(errors["tags"]),
        rx.el.fieldset(
            rx.el.legend(t("Tags to merge"), class_name="sr"),
            rx.foreach(STATE.merge_rows, _merge_row),
            class_name="ticks",
        ),
        forms.field(
            t("Keep"),
            "merge_into",
            forms.select(
                "merge_into",
                [
                    rx.el.option(t("Choose"), value=""),
                    rx.foreach(
                        STATE.merge_rows,
                        lambda row: rx.el.option(row.name, value=row.id),
                    ),
                ],
                value=STATE.merge_into,
                on_change=STATE.choose_into,
                error=errors["into_id"],
            ),
            error=errors["into_id"],
        ),
        forms.form_actions(
            button(t("Cancel"), "ghost", on_click=STATE.set_merging(False)),
            button(t("Merge"), "solid", on_click=STATE.merge_picked),
        ),
        class_name="form",
    )


def _merge_row(row: MergeRow) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=row.is_picked,
            on_change=STATE.pick(row.id),
        ),
        rx.el.span(row.name, " ", rx.el.span(row.detail, class_name="muted small")),
        class_name="tick",
        key=row.id,
    )
