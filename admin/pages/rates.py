"""Rates: how each source does, jumps that wait for a yes, and the past to fill in."""

import reflex as rx

from admin.frame import staff_page, staff_title
from admin.pages.parts import named, toned_badge
from admin.state.rate_rows import FillRow, JumpRow, SourceRow
from admin.state.rates import ACCEPT, REFUSE, RatesState
from fintrack.components import states
from fintrack.components.cards import callout, card, card_head
from fintrack.components.dialogs import confirm
from fintrack.components.elements import button
from fintrack.components.forms import date_input, field, select
from fintrack.components.layout import page_head
from fintrack.components.tables import table
from fintrack.components.text import Text, t
from fintrack.core import routes
from fintrack.state.choices import Choice

STATE = RatesState


@rx.page(
    route=routes.STAFF_RATES,
    title=staff_title(t("Rates"), routes.STAFF_RATES),
    on_load=RatesState.load,
)
def rates() -> rx.Component:
    """The page."""
    return staff_page(
        page_head(
            t("Rates"),
            rx.cond(
                STATE.sources,
                button(
                    t("Fetch all now"), icon_name="download", on_click=STATE.fetch_all
                ),
                rx.fragment(),
            ),
            button(t("Refresh"), icon_name="refresh-cw", on_click=STATE.load),
            sub=t("Where exchange rates come from, and what waits for your word."),
        ),
        rx.fragment(
            rx.match(
                STATE.status,
                ("loading", card(states.loading_rows(4, t("Loading the sources")))),
                (
                    "failed",
                    states.could_not_load(
                        t("The sources could not be loaded"), STATE.load
                    ),
                ),
                rx.el.div(
                    rx.cond(STATE.jumps, _jumps(), rx.fragment()),
                    rx.cond(STATE.sources, _sources(), _none()),
                    rx.cond(STATE.choices, _past(), rx.fragment()),
                    class_name="stack",
                ),
            )
        ),
        _question(),
        here=routes.STAFF_RATES,
        notice=STATE.notice,
    )


def _sources() -> rx.Component:
    heads = [
        t("Source"),
        t("Last rates"),
        t("Next run"),
        t("Details"),
        t("Standing"),
        rx.el.span(t("Actions"), class_name="sr"),
    ]
    return card(
        table(heads, STATE.sources, _source, caption=t("Sources")),
        class_name="flush list",
    )


def _source(source: SourceRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(source.name),
        named(t("Last rates"), source.last),
        named(t("Next run"), source.next),
        rx.el.td(source.says, class_name="breaks"),
        rx.el.td(toned_badge(source.tone, source.standing)),
        rx.el.td(
            button(
                t("Fetch now"),
                class_name="s",
                on_click=STATE.fetch(source.id),
                custom_attrs={"data-row": ""},
            )
        ),
    )


def _none() -> rx.Component:
    return states.empty(
        t("Rates are not fetched here"),
        t("Those that came with FinTrack stay. FINTRACK_RATES=fetched turns it on."),
        icon_name="plane",
    )


def _jumps() -> rx.Component:
    heads = [
        t("Currency"),
        t("Source"),
        t("Compared with"),
        t("Said"),
        t("Difference"),
        t("Since"),
        t("In force now"),
        rx.el.span(t("Actions"), class_name="sr"),
    ]
    return rx.el.section(
        callout(
            rx.el.b(t("Jumps wait for your word.")),
            " ",
            t(
                "These rates are far from those next to them, or differ from what "
                "their source had said of the same time. Until you decide they count "
                "nowhere. Each is what 1 US dollar buys."
            ),
            tone="warn",
            icon_name="triangle-alert",
        ),
        card(
            table(heads, STATE.jumps, _jump, caption=t("Jumps that wait")),
            class_name="flush list",
        ),
        class_name="stack",
        aria_label=t("Jumps that wait"),
    )


def _jump(jump: JumpRow) -> rx.Component:
    return rx.el.tr(
        rx.el.td(jump.name),
        rx.el.td(jump.who),
        named(t("Compared with"), jump.before),
        named(t("Said"), jump.now),
        named(t("Difference"), jump.moved),
        named(t("Since"), jump.since),
        named(t("In force now"), jump.in_force),
        rx.el.td(
            rx.el.span(
                button(
                    t("Accept"),
                    class_name="s",
                    on_click=STATE.ask(jump.currency, jump.source, ACCEPT),
                    custom_attrs={"data-row": ""},
                ),
                button(
                    t("Refuse"),
                    "danger-soft",
                    class_name="s",
                    on_click=STATE.ask(jump.currency, jump.source, REFUSE),
                ),
                class_name="line",
            )
        ),
    )


def _question() -> rx.Component:
    keep = button(t("Not yet"), on_click=STATE.set_asking(False))
    asked = rx.el.b(STATE.asked)
    return rx.fragment(
        confirm(
            t("Accept this jump?"),
            rx.el.span(
                asked,
                " ",
                t(
                    "It counts from then on, and what follows it, too; what its source "
                    "had said of the same time is replaced."
                ),
            ),
            keep,
            button(t("Accept"), "solid", on_click=STATE.decide),
            is_open=STATE.deed == ACCEPT,
            on_open_change=STATE.set_asking,
        ),
        confirm(
            t("Refuse this jump?"),
            rx.el.span(
                asked, " ", t("It is kept and counts nowhere; the old rate stays.")
            ),
            keep,
            button(t("Refuse"), "danger", on_click=STATE.decide),
            is_open=STATE.deed == REFUSE,
            on_open_change=STATE.set_asking,
        ),
    )


def _past() -> rx.Component:
    return card(
        card_head(t("Fill a period")),
        rx.el.div(
            rx.el.p(
                t(
                    "Brings the rates of past days from a source, at most 366 days "
                    "at once."
                ),
                class_name="muted",
            ),
            _form(),
            rx.foreach(STATE.fills, _fill),
            rx.cond(
                STATE.is_filling,
                states.WhileRunning.create(on_look=STATE.look),
                rx.fragment(),
            ),
            class_name="stack",
        ),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="form_key", value=STATE.form_key),
        field(
            t("Source"),
            "source",
            select("source", rx.foreach(STATE.choices, _choice)),
            error=STATE.errors["source"],
        ),
        _day(t("From"), "first", STATE.first),
        _day(t("To"), "last", STATE.last),
        button(t("Fill"), "solid", type="submit", icon_name="download"),
        rx.cond(
            STATE.errors["form"],
            callout(STATE.errors["form"], tone="danger", icon_name="triangle-alert"),
            rx.fragment(),
        ),
        class_name="staff-search rate-fill",
        on_submit=STATE.fill,
        no_validate=True,
    )


def _day(label: Text, name: str, value: Text) -> rx.Component:
    error = STATE.errors[name]
    return field(
        label,
        name,
        date_input(name, error=error, default_value=value, key=STATE.form_key),
        error=error,
    )


def _choice(choice: Choice) -> rx.Component:
    return rx.el.option(choice.label, value=choice.value)


def _fill(fill: FillRow) -> rx.Component:
    return rx.cond(
        fill.is_open,
        states.progress(
            fill.name, fill.progress, fill.percent, on_cancel=STATE.stop(fill.source)
        ),
        rx.el.p(
            rx.el.b(fill.name),
            " · ",
            fill.progress,
            " · ",
            fill.says,
            class_name="muted",
        ),
    )
