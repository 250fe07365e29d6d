"""Colours and axes of every chart.

Plotly does not understand CSS variables, so its colours are repeated here from
``assets/styles/tokens.css``, light and dark.
"""

from dataclasses import dataclass
from typing import Any

# Beside its colour each line has strokes of its own.
DASHES = ("solid", "dash", "dot", "dashdot")
FONT = "Inter Variable, Inter, system-ui, sans-serif"


@dataclass(frozen=True)
class Palette:
    """What each colour of a chart is for."""

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
    series: tuple[str, ...]


LIGHT = Palette(
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
    series=("#0d9b8a", "#5b5bd6", "#ab6400", "#8b8d98"),
)
DARK = Palette(
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
    series=("#0eb39e", "#b1a9ff", "#ffc53d", "#b0b4ba"),
)


def template(colour: Palette) -> dict[str, Any]:
    """Plotly's template: no frame, light grid, theme colours."""
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
