"""The only place that turns chart values into Plotly figures.

The library is loaded after the first paint, in its smallest variant; a table twin says
the same to the keyboard.
"""

import json
from collections.abc import Callable
from typing import Any

import reflex as rx
from plotly.graph_objects import Figure
from plotly.graph_objs.layout import Template

from fintrack.components.cards import bar
from fintrack.components.chart_style import DARK, LIGHT, Palette, template
from fintrack.components.elements import page_link
from fintrack.components.money import money
from fintrack.components.text import Text, t
from fintrack.state.rows import BarRow, FlowChart, LineChart

# A state var at run time; its annotation in the row says what it holds.
Values = Any

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


class AfterPaint(rx.Component):
    """Asks for the charts once the figures beside it are painted; draws nothing."""

    library = "$/public/after_paint.jsx"
    tag = "AfterPaint"

    on_paint: rx.EventHandler[rx.event.no_args_event_spec]


def net_worth_chart(chart: LineChart) -> rx.Component:
    """One line with a fading area, amounts at the right, days below.

    Example:
        ``net_worth_chart(DashboardState.worth)``
    """

    def figure(colour: Palette) -> dict[str, Any]:
        return {
            "data": [_area(chart, colour), last_point(chart.x, chart.y, colour)],
            "layout": _line_layout(chart),
        }

    return drawn(
        figure,
        chart.summary,
        twin(
            [t("Day"), t("Amount")],
            chart.x,
            lambda day, place: [day, chart.texts[place]],
        ),
        height="216px",
    )


def cash_flow_chart(chart: FlowChart) -> rx.Component:
    """In and out beside each other for each month.

    Example:
        ``cash_flow_chart(DashboardState.flow)``
    """

    def figure(colour: Palette) -> dict[str, Any]:
        bars = {"bargap": 0.45, "bargroupgap": 0.15, "yaxis": {"visible": False}}
        return {"data": _in_and_out(chart, colour), "layout": bars}

    key = rx.el.p(
        rx.el.span(rx.el.i(), t("In")),
        rx.el.span(rx.el.i(class_name="grey"), t("Out")),
        class_name="key",
        aria_hidden="true",
    )
    table = twin(
        [t("Month"), t("In"), t("Out")],
        chart.x,
        lambda month, place: [month, chart.in_texts[place], chart.out_texts[place]],
    )
    return drawn(figure, chart.summary, key, table, height="124px")


def spending_bars(rows: list[BarRow] | rx.Var[list[BarRow]]) -> rx.Component:
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


def drawn(
    figure: Callable[[Palette], dict[str, Any]],
    summary: Text,
    *below: rx.Component,
    height: str,
) -> rx.Component:
    """What ``figure`` gives in both themes, with its words and what stands below."""
    plot = rx.plotly.basic(
        data=rx.color_mode_cond(
            light=rx.Var.create(figure(LIGHT)), dark=rx.Var.create(figure(DARK))
        ).to(Figure),
        template=rx.color_mode_cond(
            light=rx.Var.create(template(LIGHT)), dark=rx.Var.create(template(DARK))
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
        *below,
    )


def _area(chart: LineChart, colour: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": chart.x,
        "y": chart.y,
        "text": chart.texts,
        "hovertemplate": "%{x}<br><b>%{text}</b><extra></extra>",
        "line": {"color": colour.line, "width": 2},
        **faded(chart.y_ticks, colour),
    }


def faded(ticks: Values, colour: Palette) -> dict[str, Any]:
    """The area below a line: full at the highest of the ticks, nothing at the least."""
    return {
        "fill": "tozeroy",
        "fillgradient": {
            "type": "vertical",
            "start": ticks[0],
            "stop": ticks[-1],
            "colorscale": [[0, "rgba(0,0,0,0)"], [1, colour.fade]],
        },
    }


def last_point(x: Values, y: Values, colour: Palette) -> dict[str, Any]:
    """A point at the end of a line."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x[-1]],
        "y": [y[-1]],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "color": colour.line,
            "size": 10,
            "line": {"color": colour.panel, "width": 2},
        },
    }


def _line_layout(chart: LineChart) -> dict[str, Any]:
    lowest, highest = chart.y_ticks[0], chart.y_ticks[-1]
    air = (highest - lowest) / 10
    return {
        "xaxis": {
            "type": "category",
            "range": [0, rx.Var.create(chart.x).to(list).length() - 1],
            "tickmode": "array",
            "tickvals": chart.x_ticks,
            "ticktext": chart.x_tick_texts,
        },
        "yaxis": {
            "side": "right",
            "tickmode": "array",
            "tickvals": chart.y_ticks,
            "ticktext": chart.y_tick_texts,
            "range": [lowest - air, highest + air],
            "ticklabelstandoff": 8,
            "automargin": True,
        },
        "margin": {"r": 56},
    }


def _in_and_out(chart: FlowChart, colour: Palette) -> list[Any]:
    came_in = (colour.line_soft, colour.line)
    went_out = (colour.compared_soft, colour.compared)
    return [
        _bars(t("In"), chart.x, chart.came_in, chart.in_texts, came_in),
        _bars(t("Out"), chart.x, chart.went_out, chart.out_texts, went_out),
    ]


def _bars(
    name: Text, x: Values, y: Values, texts: Values, colours: tuple[str, str]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "x": x,
        "y": y,
        "text": texts,
        "textposition": "none",
        "hovertemplate": "%{x}<br><b>%{text}</b><extra></extra>",
        "marker": {"color": _last_stands_out(x, colours), "cornerradius": 2},
    }


def _last_stands_out(x: Values, colours: tuple[str, str]) -> rx.Var[list[str]]:
    before, last = (json.dumps(colour) for colour in colours)
    labels = rx.Var.create(x).to(list)
    choose = f"(_, i, all) => i + 1 < all.length ? {before} : {last}"
    return rx.Var(
        _js_expr=f"{labels!s}.map({choose})",
        _var_data=labels._get_all_var_data(),  # noqa: SLF001 -- the state it reads
    ).to(list[str])


def twin(
    heads: list[Text],
    items: list[str],
    cells: Callable[[Any, Any], list[Text]],
    *,
    caption: rx.Component | None = None,
) -> rx.Component:
    """The same as a table, for the keyboard and the ear."""
    return rx.el.details(
        rx.el.summary(t("Show as a table")),
        rx.el.table(
            caption or rx.fragment(),
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
