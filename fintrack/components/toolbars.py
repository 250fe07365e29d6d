"""Bars around a list: period, filters, what is selected, steps of a task."""

from collections.abc import Sequence

import reflex as rx

from fintrack.components.elements import Attributes, icon, icon_button
from fintrack.components.forms import opens_first
from fintrack.components.text import Text, t
from fintrack.state.periods import PeriodChoice


def period_picker(
    label: Text,
    choices: list[PeriodChoice],
    on_choose: rx.event.EventType[str],
    *,
    on_earlier: Attributes,
    on_later: Attributes,
) -> rx.Component:
    """The period in the title row, with a step to each side and others to choose.

    Example:
        ``period_picker(S.month, S.periods, S.choose, on_earlier=…, on_later=…)``
    """
    return rx.el.div(
        icon_button("chevron-left", t("Earlier"), on_click=on_earlier),
        rx.el.span(
            icon("calendar", "s"),
            rx.el.span(label, aria_live="polite"),
            rx.el.select(
                rx.el.option(label, value=""),
                rx.foreach(choices, _option),
                value="",
                on_change=on_choose,
                custom_attrs={**opens_first(), "aria-label": t("Period")},
            ),
            class_name="btn plain-btn",
        ),
        icon_button("chevron-right", t("Later"), on_click=on_later),
        class_name="period",
        role="group",
        aria_label=t("Period"),
    )


def filters(*controls: rx.Component) -> rx.Component:
    """Search field and chips above a list; they wrap.

    Example:
        ``filters(search_input("q", t("Payee, note, amount")), chip(…))``
    """
    return rx.el.div(*controls, class_name="filters", role="search")


def bulk_bar(summary: Text, *actions: rx.Component) -> rx.Component:
    """What can be done with the selected rows; above the bottom bar on a phone.

    Example:
        ``rx.cond(S.has_selection, bulk_bar(S.selected, button(…)), rx.fragment())``
    """
    return rx.el.div(
        rx.el.span(summary, class_name="sum num", aria_live="polite"),
        *actions,
        class_name="bulk float",
        role="toolbar",
        aria_label=t("Selected rows"),
    )


def steps(names: Sequence[Text], current: int) -> rx.Component:
    """Where one is in a task of several steps; ``current`` counts from 0.

    Example:
        ``steps([t("File"), t("Check"), t("Done")], current=1)``
    """
    return rx.el.ol(
        *[_step(name, place, current) for place, name in enumerate(names)],
        class_name="steps",
    )


def _option(one: PeriodChoice) -> rx.Component:
    return rx.el.option(one.label, value=one.value)


def _step(name: Text, place: int, current: int) -> rx.Component:
    if place < current:
        return rx.el.li(icon("check"), rx.el.span(name), class_name="done")
    here = {"aria-current": "step"} if place == current else {}
    return rx.el.li(rx.el.span(name), custom_attrs=here)
