"""The categories: spending and income as two trees, and their forms."""

import reflex as rx

from fintrack.components import forms, lists, states
from fintrack.components.cards import callout, card, columns, span
from fintrack.components.dialogs import dialog
from fintrack.components.elements import button, icon_button, page_link
from fintrack.components.forms import option
from fintrack.components.layout import page_head
from fintrack.components.text import Text, page_title, t
from fintrack.components.versions import two_versions
from fintrack.core import routes
from fintrack.pages.account_dialogs import form_error
from fintrack.pages.framed import framed
from fintrack.state.categories import CategoriesState
from fintrack.state.category_rows import CategoryRow


@rx.page(
    route=routes.CATEGORIES,
    title=page_title(t("Categories")),
    on_load=CategoriesState.load,
)
def categories() -> rx.Component:
    """The page."""
    state = CategoriesState
    return framed(
        page_head(
            t("Categories"),
            rx.cond(
                state.is_loading | state.is_empty,
                rx.fragment(),
                button(
                    t("New category"),
                    "solid",
                    icon_name="plus",
                    on_click=state.start_new("expense"),
                ),
            ),
        ),
        rx.cond(
            state.is_loading,
            card(states.loading_rows(8, t("Loading the categories"))),
            rx.cond(
                state.has_failed,
                states.could_not_load(
                    t("The categories could not be loaded"),
                    state.load,
                    reference=state.failure,
                ),
                _trees(),
            ),
        ),
        _dialogs(),
        here=routes.CATEGORIES,
        state=state,
    )


def _trees() -> rx.Component:
    state = CategoriesState
    return rx.cond(
        state.is_empty,
        states.nothing_yet(
            t("No categories yet"),
            t("A category says what money was for: Groceries, Rent, Salary."),
            button(
                t("Add a category"),
                "solid",
                icon_name="plus",
                on_click=state.start_new("expense"),
            ),
            icon_name="tags",
        ),
        columns(
            span(6, _tree(t("Spending"), state.expenses)),
            span(6, _tree(t("Income"), state.incomes)),
        ),
    )


def _tree(title: Text, items: list[CategoryRow]) -> rx.Component:
    return lists.titled(title, items, _row)


def _row(row: CategoryRow) -> rx.Component:
    return rx.el.div(
        page_link(
            lists.what(row.name, row.count),
            to=row.href,
            class_name="row",
            custom_attrs={"data-row": ""},
        ),
        icon_button(
            "pencil", t("Edit category"), on_click=CategoriesState.start_edit(row.id)
        ),
        class_name=rx.cond(row.is_child, "row-with-tool child", "row-with-tool"),
    )


def _dialogs() -> rx.Component:
    state = CategoriesState
    return rx.fragment(
        dialog(
            t("New category"),
            _new_form(),
            is_open=state.form == "new",
            on_open_change=state.set_form_open,
        ),
        dialog(
            t("Edit category"),
            _edit_form(),
            is_open=state.form == "edit",
            on_open_change=state.set_form_open,
        ),
        dialog(
            t("Merge into another category"),
            _merge_form(),
            is_open=state.form == "merge",
            on_open_change=state.set_form_open,
        ),
    )


def _new_form() -> rx.Component:
    state = CategoriesState
    return rx.el.form(
        form_error(state.errors["form"]),
        forms.segmented(
            "kind",
            [("expense", t("Spending")), ("income", t("Income"))],
            label=t("Kind"),
            value=state.draft.kind,
            on_change=state.choose_kind,
        ),
        _name(),
        _parent(),
        _buttons(t("Add category")),
        class_name="form",
        on_submit=state.save_new,
        no_validate=True,
    )


def _edit_form() -> rx.Component:
    state = CategoriesState
    return rx.el.form(
        form_error(state.errors["form"]),
        rx.cond(
            state.differences,
            two_versions(
                state.differences,
                take_theirs=state.take_theirs,
                keep_mine=state.keep_mine,
            ),
            rx.fragment(),
        ),
        _name(),
        rx.cond(
            state.draft.has_children,
            callout(
                t("Other categories stand below this one, so it stays at the top."),
                icon_name="info",
            ),
            _parent(),
        ),
        rx.cond(
            state.draft.can_merge,
            button(
                t("Merge into another …"),
                "outline",
                class_name="block",
                icon_name="merge",
                on_click=state.start_merge,
            ),
            rx.fragment(),
        ),
        _buttons(t("Save")),
        class_name="form",
        key=state.form_key,
        on_submit=state.save_edit,
        no_validate=True,
    )


def _merge_form() -> rx.Component:
    state = CategoriesState
    error = state.errors["into_id"]
    return rx.el.div(
        form_error(state.errors["form"]),
        forms.field(
            t("Into"),
            "into_id",
            forms.select(
                "into_id",
                [
                    rx.el.option(t("Choose a category"), value=""),
                    rx.foreach(state.targets, option),
                ],
                value=state.target,
                on_change=state.choose_target,
                error=error,
            ),
            error=error,
        ),
        rx.cond(
            state.merge_text,
            rx.el.p(state.merge_text, role="status"),
            rx.fragment(),
        ),
        forms.form_actions(
            button(t("Cancel"), "ghost", on_click=state.set_form_open(False)),
            button(
                t("Merge"),
                "solid",
                on_click=state.merge,
                disabled=state.merge_text == "",
            ),
        ),
        class_name="form",
    )


def _name() -> rx.Component:
    error = CategoriesState.errors["name"]
    return forms.field(
        t("Name"),
        "name",
        forms.text_input(
            "name",
            error=error,
            default_value=CategoriesState.draft.name,
            auto_complete="off",
            max_length=60,
            auto_focus=True,
        ),
        error=error,
    )


def _parent() -> rx.Component:
    state = CategoriesState
    error = state.errors["parent_id"]
    return forms.field(
        t("Below"),
        "parent_id",
        forms.select(
            "parent_id",
            [
                rx.el.option(t("At the top"), value=""),
                rx.foreach(state.parents, option),
            ],
            default_value=state.draft.parent_id,
            error=error,
        ),
        error=error,
    )


def _buttons(save: Text) -> rx.Component:
    return forms.form_actions(
        button(t("Cancel"), "ghost", on_click=CategoriesState.set_form_open(False)),
        button(save, "solid", type="submit"),
    )
