"""The settings of the person who is signed in."""

import reflex as rx

from fintrack.components.cards import callout, card, card_head
from fintrack.components.converting import currency_field
from fintrack.components.elements import Attributes, button, link_button
from fintrack.components.forms import field, form_actions, select, text_input, two
from fintrack.components.layout import frame, page_head
from fintrack.components.picture import picture_upload
from fintrack.components.states import loading_rows
from fintrack.components.text import Text, page_title, t
from fintrack.components.theme import appearance_switch
from fintrack.components.toasts import toasts
from fintrack.components.versions import two_versions
from fintrack.core import routes
from fintrack.state.choices import Choice
from fintrack.state.session import SessionState
from fintrack.state.settings import MONTH_STARTS, SAVE
from fintrack.state.settings import SettingsState as Settings


@rx.page(route=routes.SETTINGS, title=page_title(t("Settings")), on_load=Settings.load)
def settings_page() -> rx.Component:
    """The page."""
    return frame(
        page_head(t("Settings")),
        rx.el.div(
            _picture(),
            _appearance(),
            _door(
                t("Security"),
                t("Second factor, and where you are signed in."),
                link_button(t("Open"), routes.SECURITY),
            ),
            _door(
                t("Notices"),
                t("What FinTrack tells you, and where."),
                link_button(t("Choose"), routes.NOTICES),
            ),
            _door(
                t("Consents"),
                t("What you agreed to, and when."),
                link_button(t("Read"), routes.CONSENTS),
            ),
            _door(
                t("Who saw and changed my data"),
                t("Changes, sign-ins and refusals."),
                link_button(t("Look"), routes.TRAIL),
            ),
            rx.cond(Settings.is_ready, _form(), card(loading_rows(6, t("Loading")))),
            class_name="stack settings",
        ),
        toasts(Settings.notice, rx.console_log),
        here=routes.SETTINGS,
        person=SessionState.me,
    )


def _appearance() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.div(
                rx.el.h2(t("Appearance")),
                rx.el.p(t("The same on all your devices."), class_name="muted"),
            ),
            appearance_switch(),
            class_name="settings-line",
        )
    )


def _picture() -> rx.Component:
    return card(
        card_head(t("Your picture")),
        picture_upload(SessionState.me, Settings.picture_changed),
    )


def _door(title: rx.Var[str], words: rx.Var[str], link: rx.Component) -> rx.Component:
    """A card that leads to a page of its own."""
    return card(
        rx.el.div(
            rx.el.div(rx.el.h2(title), rx.el.p(words, class_name="muted")),
            link,
            class_name="settings-line",
        )
    )


def _form() -> rx.Component:
    return rx.el.form(
        two(
            _text("first_name", t("First name")),
            _text("last_name", t("Last name (optional)")),
        ),
        _base_currency(),
        two(
            _options("language", t("Language"), Settings.languages),
            _select(
                "time_zone",
                t("Time zone"),
                rx.foreach(
                    Settings.time_zones, lambda zone: rx.el.option(zone, value=zone)
                ),
            ),
        ),
        two(
            _options("week_starts_on", t("Weeks start on"), Settings.week_days),
            _select(
                "month_starts_on",
                t("Months start on day"),
                [rx.el.option(str(n), value=str(n)) for n in MONTH_STARTS],
            ),
        ),
        _end(),
        class_name="card form",
        key=Settings.revision,
        on_submit=Settings.save,
    )


def _end() -> rx.Component:
    """What went wrong is said beside the button that was pressed."""
    return rx.fragment(
        rx.cond(
            Settings.errors["form"],
            callout(Settings.errors["form"], tone="danger", icon_name="triangle-alert"),
            rx.fragment(),
        ),
        rx.cond(
            Settings.differences,
            two_versions(
                Settings.differences,
                take_theirs=Settings.take_theirs,
                keep_mine=Settings.keep_mine,
            ),
            rx.fragment(),
        ),
        form_actions(button(t("Save"), "solid", type="submit", id=SAVE)),
    )


def _base_currency() -> rx.Component:
    """Any that has not ended, found by words."""
    return currency_field(
        t("Base currency"),
        "base_currency",
        Settings,
        value=Settings.values["base_currency"],
        shown=Settings.currency_label,
        error=Settings.errors["base_currency"],
        hint=t("It comes first on the dashboard. Your amounts stay as they are."),
    )


def _text(name: str, label: Text) -> rx.Component:
    error = Settings.errors[name]
    control = text_input(name, error=error, default_value=Settings.values[name])
    return field(label, name, control, error=error)


def _options(
    name: str, label: Text, options: list[Choice], *, hint: Text = ""
) -> rx.Component:
    lines = rx.foreach(options, lambda one: rx.el.option(one.label, value=one.value))
    return _select(name, label, lines, hint=hint)


def _select(
    name: str, label: Text, lines: Attributes, *, hint: Text = ""
) -> rx.Component:
    error = Settings.errors[name]
    control = select(name, lines, error=error, default_value=Settings.values[name])
    return field(label, name, control, hint=hint, error=error)
