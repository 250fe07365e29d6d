"""Charts of rates: one with its range, or several in percent."""

from typing import Any

import reflex as rx

from fintrack.components.chart_style import DASHES, Palette
from fintrack.components.charts import drawn, faded, last_point, twin
from fintrack.components.text import t
from fintrack.state.compared_charts import ComparedChart
from fintrack.state.rate_axes import Axes
from fintrack.state.rate_charts import RateChart

HEIGHT = "300px"
RATE = "<b>%{text}</b>"


def rate_chart(chart: RateChart) -> rx.Component:
    """A rate with its average, lowest and highest; dotted where nobody said one.

    Example:
        ``rate_chart(CurrencyState.chart)``
    """

    def figure(colour: Palette) -> dict[str, Any]:
        return {
            "data": [
                _carried(chart, colour),
                _said(chart, colour),
                _average(chart, colour),
                _marks(chart, colour),
                last_point(chart.at, chart.y, colour),
            ],
            "layout": _layout(chart.at, chart.axes, {"t": 20, "b": 30}),
        }

    key = rx.el.p(
        rx.el.span(rx.el.i(class_name="dash"), t("Average"), " ", chart.average_text),
        _carried_key(chart),
        rx.cond(chart.note, rx.el.span(chart.note), rx.fragment()),
        class_name="key",
    )
    when = rx.cond(chart.is_hourly, t("Time"), t("Day"))
    table = twin(
        [when, t("Rate"), t("How it is known")],
        chart.x,
        lambda day, place: [day, chart.texts[place], chart.kinds[place]],
        caption=rx.cond(chart.note, rx.el.caption(chart.note), rx.fragment()),
    )
    return drawn(figure, chart.summary, key, table, height=HEIGHT)


def _carried_key(chart: RateChart | ComparedChart) -> rx.Component:
    return rx.cond(
        chart.has_gaps,
        rx.el.span(
            rx.el.i(class_name="dots"), t("No quote, the last rate carried forward")
        ),
        rx.fragment(),
    )


def compared_chart(chart: ComparedChart) -> rx.Component:
    """Up to four currencies, each in percent of the first day; a key names them.

    Example:
        ``compared_chart(CurrencyState.comparison)``
    """

    def figure(colour: Palette) -> dict[str, Any]:
        lines = [
            line
            for place, dash in enumerate(DASHES)
            for line in _lines(chart, place, colour.series[place], dash)
        ]
        return {
            "data": lines,
            "layout": _layout(chart.at, chart.axes, {"t": 8, "b": 26}),
        }

    key = rx.el.p(rx.el.span(chart.span), _carried_key(chart), class_name="key")
    return drawn(figure, chart.summary, key, _compared_twin(chart), height="216px")


def _compared_twin(chart: ComparedChart) -> rx.Component:
    heads = rx.foreach(
        chart.lines,
        lambda line: rx.cond(
            line.code, rx.el.th(line.code, scope="col"), rx.fragment()
        ),
    )
    rows = rx.foreach(
        chart.x,
        lambda day, place: rx.el.tr(
            rx.el.td(day),
            rx.foreach(
                chart.lines,
                lambda line: rx.cond(
                    line.code, rx.el.td(line.texts[place]), rx.fragment()
                ),
            ),
        ),
    )
    return rx.el.details(
        rx.el.summary(t("Show as a table")),
        rx.el.table(
            rx.el.thead(rx.el.tr(rx.el.th(t("Day"), scope="col"), heads)),
            rx.el.tbody(rows),
        ),
        class_name="twin",
    )


def _carried(chart: RateChart, colour: Palette) -> dict[str, Any]:
    """All days, dotted; what somebody said is drawn over it."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": chart.at,
        "y": chart.y,
        "text": chart.texts,
        "hovertext": chart.x,
        "customdata": chart.kinds,
        "hoverinfo": "text",
        "hovertemplate": f"%{{hovertext}}<br>{RATE}<br>%{{customdata}}<extra></extra>",
        "line": {"color": colour.line, "width": 1.5, "dash": "dot"},
        **faded(chart.axes.y_ticks, colour),
        # Plotly would fill a break, too, as if there were a line above it.
        "fill": rx.cond(chart.is_broken, "none", "tozeroy"),
    }


def _said(chart: RateChart, colour: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": chart.at,
        "y": chart.said,
        "hoverinfo": "skip",
        "connectgaps": False,
        "line": {"color": colour.line, "width": 2},
    }


def _average(chart: RateChart, colour: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [chart.at[0], chart.at[-1]],
        "y": [chart.average, chart.average],
        "hoverinfo": "skip",
        "line": {"color": colour.compared, "width": 1, "dash": "dash"},
    }


def _marks(chart: RateChart, colour: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": chart.marks_x,
        "y": chart.marks_y,
        "text": chart.mark_texts,
        "textposition": chart.mark_places,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "color": colour.panel,
            "size": 8,
            "line": {"color": colour.line, "width": 2},
        },
    }


def _lines(
    chart: ComparedChart, place: int, colour: str, dash: str
) -> list[dict[str, Any]]:
    """All days, thin and dotted, over them what somebody said, and the last point."""
    line, day = chart.lines[place], "" if place else "%{hovertext}<br>"
    both = {"type": "scatter", "mode": "lines", "name": line.code, "x": chart.at}
    return [
        {
            **both,
            "y": line.y,
            "text": line.texts,
            "hovertext": chart.x,
            "hoverinfo": "text",
            "hovertemplate": f"{day}{RATE} %{{fullData.name}}<extra></extra>",
            "line": {"color": colour, "width": 1, "dash": "dot"},
        },
        {
            **both,
            "y": line.said,
            "hoverinfo": "skip",
            "line": {"color": colour, "width": 2, "dash": dash},
        },
        # After a break the last may stand alone, where no line is seen.
        {
            **both,
            "mode": "markers",
            "x": [chart.at[-1]],
            "y": [line.y[-1]],
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {"color": colour, "size": 6},
        },
    ]


def _layout(at: Any, axes: Axes, margin: dict[str, int]) -> dict[str, Any]:  # noqa: ANN401 - a state var at run time
    lowest, highest = axes.y_ticks[0], axes.y_ticks[-1]
    air = (highest - lowest) / 10
    return {
        "xaxis": {
            "type": "date",
            "range": [at[0], at[-1]],
            "tickmode": "array",
            "tickvals": axes.x_ticks,
            "ticktext": axes.x_tick_texts,
        },
        "yaxis": {
            "side": "right",
            "tickmode": "array",
            "tickvals": axes.y_ticks,
            "ticktext": axes.y_tick_texts,
            "range": [lowest - air, highest + air],
            "ticklabelstandoff": 8,
        },
        "margin": {"l": axes.lead, "r": axes.room, **margin},
    }
