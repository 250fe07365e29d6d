"""The dashboard: where one stands, what moved, what waits."""

import reflex as rx

from fintrack.components.cards import card, card_head
from fintrack.components.charts import (
    AfterPaint,
    cash_flow_chart,
    spending_bars,
)
from fintrack.components.elements import button, glyph, icon, key_hint, page_link
from fintrack.components.layout import changes_told, frame, page_head
from fintrack.components.lists import row, rows
from fintrack.components.money import (
    money,
    not_counted,
    sentence,
    two_amounts,
)
from fintrack.components.states import could_not_load, nothing_yet
from fintrack.components.text import Text, page_title, t
from fintrack.components.toolbars import period_picker
from fintrack.core import routes
from fintrack.pages.dashboard_bones import bones
from fintrack.pages.dashboard_worth import net_worth
from fintrack.state.dashboard import DashboardState as Dash
from fintrack.state.place_rows import PlaceRow
from fintrack.state.rows import Amount, NeedRow
from fintrack.state.session import SessionState


@rx.page(
    route=routes.DASHBOARD,
    title=page_title(t("Dashboard")),
    on_load=Dash.load,
)
def dashboard() -> rx.Component:
    """The page."""
    return frame(
        page_head(
            t("Dashboard"),
            rx.cond(Dash.phase == "empty", rx.fragment(), rx.fragment(*_tools())),
        ),
        rx.fragment(
            rx.match(
                Dash.phase,
                ("ready", _board()),
                ("empty", _nothing_yet()),
                (
                    "failed",
                    could_not_load(
                        t("The dashboard could not be loaded"),
                        Dash.load,
                        reference=Dash.failure,
                    ),
                ),
                bones(),
            )
        ),
        changes_told(Dash.notice, Dash.undo),
        here=routes.DASHBOARD,
        person=SessionState.me,
        shortcuts={"on_undo": Dash.undo_last},
    )


def _tools() -> list[rx.Component]:
    return [
        period_picker(
            rx.cond(Dash.board.period_label, Dash.board.period_label, "\u2007" * 13),
            Dash.periods,
            Dash.choose_period,
            on_earlier=Dash.earlier,
            on_later=Dash.later,
        ),
        page_link(
            icon("plus", "s"),
            t("New transaction"),
            key_hint("n"),
            to=routes.new_transaction(),
            class_name="btn solid no-phone",
        ),
    ]


def _nothing_yet() -> rx.Component:
    return nothing_yet(
        t("Nothing here yet"),
        t("Your net worth, cash flow and spending appear here."),
        page_link(t("Choose how to begin"), to=routes.WELCOME, class_name="btn solid"),
        icon_name="layout-dashboard",
    )


def _board() -> rx.Component:
    return rx.el.div(
        net_worth(),
        _cash_flow(),
        rx.el.div(_spending(), _recent(), class_name="stack w8"),
        rx.el.div(_needs(), _upcoming(), _accounts(), _sample(), class_name="stack w4"),
        AfterPaint.create(on_paint=Dash.load_curve),
        class_name="dash",
        custom_attrs={"data-cards": ""},
    )


def _cash_flow() -> rx.Component:
    flow = Dash.board.flow
    return card(
        card_head(
            t("Cash flow"), more=Dash.board.period_label, to=Dash.board.flow_href
        ),
        rx.el.div(
            _flow_line(t("In"), flow.came_in),
            _flow_line(t("Out"), flow.went_out),
            rx.el.div(
                rx.el.span(t("Left"), class_name="medium"),
                rx.el.span(money(flow.left), class_name="second"),
                class_name="left",
            ),
            class_name="flow",
        ),
        rx.cond(
            Dash.has_curve,
            cash_flow_chart(flow.chart),
            rx.fragment(),
        ),
        rx.cond(
            flow.others,
            rx.el.ul(
                rx.foreach(flow.others, lambda words: rx.el.li(sentence(words))),
                class_name="flow-others",
            ),
            rx.fragment(),
        ),
        class_name="w4 same o2",
    )


def _flow_line(label: Text, amount: Amount) -> rx.Component:
    return rx.el.div(rx.el.span(label, class_name="label"), money(amount))


def _spending() -> rx.Component:
    key = rx.el.p(
        rx.el.span(rx.el.i(), Dash.board.spending_key),
        rx.cond(
            Dash.board.has_usual,
            rx.el.span(rx.el.i(class_name="tick-mark"), t("Usual by then")),
            rx.fragment(),
        ),
        class_name="key",
    )
    return card(
        card_head(t("Spending by category"), key),
        rx.cond(
            Dash.board.spending,
            spending_bars(Dash.board.spending),
            rx.cond(
                Dash.board.nothing_spent,
                rx.el.p(Dash.board.nothing_spent, class_name="muted"),
                rx.fragment(),
            ),
        ),
        not_counted(Dash.board.spending_missing),
        class_name="o4 spending",
    )


def _recent() -> rx.Component:
    return card(
        card_head(t("Recent transactions"), more=t("All"), to=routes.TRANSACTIONS),
        rx.cond(
            Dash.board.recent,
            rows(Dash.board.recent, _place, t("Recent transactions")),
            rx.el.p(t("No transactions yet."), class_name="muted"),
        ),
        class_name="o6",
    )


def _accounts() -> rx.Component:
    return card(
        card_head(t("Accounts"), more=t("All"), to=routes.ACCOUNTS),
        rows(Dash.board.accounts, _account, t("Accounts")),
        class_name="o5",
    )


def _upcoming() -> rx.Component:
    return rx.cond(
        Dash.board.upcoming,
        card(
            card_head(t("Upcoming"), more=t("14 days"), to=routes.RECURRING),
            rows(Dash.board.upcoming, _place, t("Upcoming")),
            class_name="o3",
        ),
        rx.fragment(),
    )


def _place(one: PlaceRow) -> rx.Component:
    return row(
        one.name,
        one.detail,
        two_amounts(one.amount, one.second),
        glyph_name=one.glyph,
        to=one.href,
    )


def _account(one: PlaceRow) -> rx.Component:
    return row(one.name, one.detail, two_amounts(one.amount, one.second), to=one.href)


def _needs() -> rx.Component:
    return rx.cond(
        Dash.board.needs,
        card(
            card_head(t("To look at")),
            rows(Dash.board.needs, _need, t("To look at")),
            class_name="o3",
        ),
        rx.fragment(),
    )


def _need(one: NeedRow) -> rx.Component:
    return page_link(
        glyph(one.glyph, "warn"),
        rx.el.span(sentence(one.text), class_name="need"),
        icon("chevron-right", "s"),
        to=one.href,
        class_name="row",
        custom_attrs={"data-row": ""},
    )


def _sample() -> rx.Component:
    return rx.cond(
        Dash.has_sample,
        card(
            card_head(t("This is sample data")),
            rx.el.p(
                t("Look around. When you are ready, remove it and start your own."),
                class_name="muted",
            ),
            rx.el.div(
                button(
                    t("Remove sample data"),
                    icon_name="trash-2",
                    on_click=Dash.remove_sample,
                ),
                class_name="sample-acts",
            ),
            class_name="o7",
        ),
        rx.fragment(),
    )
