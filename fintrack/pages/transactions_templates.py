"""Around the form of a transaction: templates above, the name of a new one below."""

import reflex as rx

from fintrack.components.elements import button, icon_button
from fintrack.components.forms import field, form_actions, text_input
from fintrack.components.money import sentence
from fintrack.components.text import t
from fintrack.core.templates import MAX_NAME
from fintrack.state.template_draft import TemplateRow
from fintrack.state.transaction_form import TransactionForm

FORM = TransactionForm


def templates_button() -> rx.Component:
    """Opens the templates; on a phone it is its sign alone."""
    return button(
        rx.el.span(t("From a template"), class_name="no-phone"),
        class_name="s",
        icon_name="bookmark",
        on_click=FORM.toggle_templates,
        aria_expanded=rx.cond(FORM.shows_templates, "true", "false"),
        custom_attrs={"aria-label": t("From a template")},
    )


def template_list() -> rx.Component:
    """The templates by name; arrows move among them, Enter takes one."""
    return rx.cond(
        FORM.shows_templates,
        rx.el.section(
            rx.cond(
                FORM.templates,
                rx.el.ul(
                    rx.foreach(FORM.templates, _row), custom_attrs={"data-rows": ""}
                ),
                rx.el.p(
                    t("No templates yet: fill in the form and save it as one."),
                    class_name="muted small",
                ),
            ),
            rx.cond(
                FORM.template_error,
                rx.el.p(FORM.template_error, class_name="help bad", role="alert"),
                rx.fragment(),
            ),
            class_name="templates",
            aria_label=t("Templates"),
        ),
        rx.fragment(),
    )


def template_naming() -> rx.Component:
    """The name under which the form is kept; a name that is taken can be replaced."""
    return rx.cond(
        FORM.is_naming,
        rx.form(
            field(
                t("Name of the template"),
                "template_name",
                text_input(
                    "template_name",
                    error=FORM.template_error,
                    default_value=FORM.template_name,
                    auto_focus=True,
                    auto_complete="off",
                    max_length=MAX_NAME,
                ),
                error=FORM.template_error,
            ),
            form_actions(
                button(t("Cancel"), "ghost", on_click=FORM.stop_naming, type="button"),
                rx.cond(
                    FORM.twin,
                    button(
                        t("Replace it"), on_click=FORM.replace_template, type="button"
                    ),
                    rx.fragment(),
                ),
                button(t("Save template"), type="submit"),
            ),
            class_name="template-name",
            on_submit=FORM.keep_template,
        ),
        rx.fragment(),
    )


def _row(row: TemplateRow, place: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.cond(FORM.renaming == row.id, _renaming(row), _offered(row, place)),
        key=row.id,
    )


def _offered(row: TemplateRow, place: rx.Var[int]) -> rx.Component:
    return rx.fragment(
        rx.el.button(
            rx.el.b(row.name, class_name="truncate"),
            rx.el.span(sentence(row.detail), class_name="muted small truncate"),
            rx.cond(
                row.closed,
                rx.el.span(row.closed, class_name="warn small truncate"),
                rx.fragment(),
            ),
            type="button",
            class_name="template",
            auto_focus=place == 0,
            on_click=FORM.use_template(row.id),
            custom_attrs={"data-row": ""},
        ),
        icon_button("pencil", t("Rename"), on_click=FORM.start_rename(row.id)),
        icon_button("trash-2", t("Remove"), on_click=FORM.remove_template(row.id)),
    )


def _renaming(row: TemplateRow) -> rx.Component:
    return rx.form(
        text_input(
            "new_name",
            default_value=row.name,
            auto_focus=True,
            auto_complete="off",
            max_length=MAX_NAME,
            custom_attrs={"aria-label": t("Name of the template")},
        ),
        button(t("Rename"), "outline", type="submit"),
        icon_button("x", t("Cancel"), on_click=FORM.start_rename("")),
        class_name="template-rename",
        on_submit=FORM.rename_template,
    )
