"""The only place that turns chart values into Plotly figures.

Plotly does not understand CSS variables, so its colours are repeated here from
``assets/styles/tokens.css``, light and dark. The library is loaded after the first
paint, in its smallest variant; a table twin says the same to the keyboard.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from plotly.graph_objects import Figure
from plotly.graph_objs.layout import Template

from fintrack.components.cards import bar
from fintrack.components.elements import page_link
from fintrack.components.money import money
from fintrack.components.text import Text, t
from fintrack.state.rows import BarRow, FlowChart, LineChart

FONT = "Inter Variable, Inter, system-ui, sans-serif"
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


@dataclass(frozen=True)
class _Palette:
    ink: str
    line: str
    line_soft: str
    fade: str
    compared: str
    compared_soft: str
    grid: str
    panel: str
    tip: str
    tip_ink: str


LIGHT = _Palette(
    ink="#60646c",
    line="#0d9b8a",
    line_soft="#83cdc1",
    fade="rgba(13,155,138,.2)",
    compared="#8b8d98",
    compared_soft="#d9d9e0",
    grid="#e8e8ec",
    panel="#ffffff",
    tip="#1c2024",
    tip_ink="#fcfcfd",
)
DARK = _Palette(
    ink="#b0b4ba",
    line="#0eb39e",
    line_soft="#1c6961",
    fade="rgba(14,179,158,.2)",
    compared="#777b84",
    compared_soft="#363a3f",
    grid="#272a2d",
    panel="#18191b",
    tip="#edeef0",
    tip_ink="#111113",
)


def net_worth_chart(chart: LineChart) -> rx.Component:
    """One line with a fading area, amounts at the right, days below.

    Example:
        ``net_worth_chart(DashboardState.worth)``
    """

    def figure(colour: _Palette) -> dict[str, Any]:
        line = {
            "type": "scatter",
            "mode": "lines",
            "x": chart.x,
            "y": chart.y,
            "text": chart.texts,
            "hovertemplate": "%{x}<br><b>%{text}</b><extra></extra>",
            "line": {"color": colour.line, "width": 2},
            "fill": "tozeroy",
            "fillgradient": {
                "type": "vertical",
                "colorscale": [[0, "rgba(0,0,0,0)"], [1, colour.fade]],
            },
        }
        return {"data": [line], "layout": _line_layout(chart)}

    return _drawn(
        figure,
        chart.summary,
        _twin(
            [t("Day"), t("Amount")],
            chart.x,
            lambda day, place: [day, chart.texts[place]],
        ),
        height="230px",
    )


def cash_flow_chart(chart: FlowChart) -> rx.Component:
    """In and out beside each other for each month.

    Example:
        ``cash_flow_chart(DashboardState.flow)``
    """

    def figure(colour: _Palette) -> dict[str, Any]:
        came_in = _bars(t("In"), chart.x, chart.came_in, chart.in_texts, colour.line)
        went_out = _bars(
            t("Out"), chart.x, chart.went_out, chart.out_texts, colour.compared
        )
        return {"data": [came_in, went_out], "layout": {"bargap": 0.5}}

    key = rx.el.p(
        rx.el.span(rx.el.i(), t("In")),
        rx.el.span(rx.el.i(class_name="grey"), t("Out")),
        class_name="key",
        aria_hidden="true",
    )
    return rx.el.div(
        _drawn(
            figure,
            chart.summary,
            _twin(
                [t("Month"), t("In"), t("Out")],
                chart.x,
                lambda month, place: [
                    month,
                    chart.in_texts[place],
                    chart.out_texts[place],
                ],
            ),
            height="124px",
        ),
        key,
    )


def spending_bars(rows: list[BarRow]) -> rx.Component:
    """Sorted bars with the usual as a tick; plain HTML, each row is a link.

    Example:
        ``spending_bars(DashboardState.spending)``
    """
    return rx.el.ul(rx.foreach(rows, _spending_row), class_name="spend")


def _spending_row(row: BarRow) -> rx.Component:
    return rx.el.li(
        page_link(
            rx.el.span(row.name, class_name="truncate"),
            bar(row.width, row.mark),
            money(row.amount),
            rx.el.span(row.note, class_name="vs amt"),
            to=row.href,
        )
    )


def _drawn(
    figure: Callable[[_Palette], dict[str, Any]],
    summary: Text,
    twin: rx.Component,
    *,
    height: str,
) -> rx.Component:
    plot = rx.plotly.basic(
        data=rx.color_mode_cond(
            light=rx.Var.create(figure(LIGHT)), dark=rx.Var.create(figure(DARK))
        ).to(Figure),
        template=rx.color_mode_cond(
            light=rx.Var.create(_template(LIGHT)), dark=rx.Var.create(_template(DARK))
        ).to(Template),
        config=CONFIG,
        use_resize_handler=True,
        width="100%",
        height="100%",
    )
    return rx.el.figure(
        rx.el.div(
            rx.el.div(plot, aria_hidden="true"),
            class_name="chart",
            role="img",
            aria_label=summary,
            style={"height": height},
        ),
        twin,
    )


def _line_layout(chart: LineChart) -> dict[str, Any]:
    return {
        "xaxis": {
            "type": "category",
            "tickmode": "array",
            "tickvals": chart.x_ticks,
            "ticktext": chart.x_tick_texts,
        },
        "yaxis": {
            "side": "right",
            "tickmode": "array",
            "tickvals": chart.y_ticks,
            "ticktext": chart.y_tick_texts,
            "range": [
                chart.y_ticks[0],
                chart.y_ticks[-1],
            ],
        },
        "margin": {"r": 56},
    }


def _bars(name: Text, x: Any, y: Any, texts: Any, colour: str) -> dict[str, Any]:  # noqa: ANN401 -- state vars
    return {
        "type": "bar",
        "name": name,
        "x": x,
        "y": y,
        "text": texts,
        "textposition": "none",
        "hovertemplate": "%{x}<br><b>%{text}</b><extra></extra>",
        "marker": {"color": colour, "cornerradius": 2},
    }


def _template(colour: _Palette) -> dict[str, Any]:
    axis = {"showline": False, "zeroline": False, "ticks": "", "fixedrange": True}
    return {
        "layout": {
            "autosize": True,
            "font": {"family": FONT, "size": 12, "color": colour.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 0, "r": 0, "t": 8, "b": 26},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "x",
            "hoverlabel": {
                "bgcolor": colour.tip,
                "bordercolor": colour.tip,
                "font": {"family": FONT, "size": 12, "color": colour.tip_ink},
            },
            "xaxis": {**axis, "showgrid": False},
            "yaxis": {**axis, "gridcolor": colour.grid},
        }
    }


def _twin(
    heads: list[Text],
    items: list[str],
    cells: Callable[[Any, Any], list[Text]],
) -> rx.Component:
    return rx.el.details(
        rx.el.summary(t("Show as a table")),
        rx.el.table(
            rx.el.thead(rx.el.tr(*[rx.el.th(head, scope="col") for head in heads])),
            rx.el.tbody(
                rx.foreach(
                    items,
                    lambda item, place: rx.el.tr(
                        *[
                            rx.el.td(cell, class_name="amt" if number else "")
                            for number, cell in enumerate(cells(item, place))
                        ]
                    ),
                )
            ),
        ),
        class_name="twin",
    )
