"""Invented people and shops for the style guide."""

from dataclasses import dataclass

import reflex as rx

from fintrack.state.compared_charts import ComparedChart, ComparedLine
from fintrack.state.rate_axes import Axes
from fintrack.state.rate_charts import RateChart
from fintrack.state.rows import Amount, BarRow, FlowChart, LineChart


@dataclass(frozen=True)
class Row:
    """One row of a list."""

    name: str
    detail: str
    amount: Amount
    base: str = ""
    glyph: str = ""


WORTH = Amount("74,589", ".37", before="€")
MOVED = Amount("2,318", ".75", "+", "€", tone="in")
OLDEST = "Oldest rate: TRY, Nov 2, 2026"
NOT_COUNTED = "1 currency is not counted, no rate into EUR is known: \u20ba1,200.00"
CAME_IN = Amount("5,240", ".00", "+", "€", tone="in")
WENT_OUT = Amount("3,412", ".36", "−", "€")
DAY = Amount("33", ".23", "−", "€", tone="quiet")

KINDS = [
    ("Expense", Amount("1,284", ".90", "−", "₺")),
    ("Income", Amount("4,850", ".00", "+", "€", tone="in")),
    ("Transfer", Amount("500", ".00", before="€", tone="quiet")),
    ("Eight decimals", Amount("0.21483650", code="BTC")),
    ("Deutsch", Amount("12.345.678", ",90", "−", after=" €")),
    ("Yen", Amount("1,980", before="¥")),
    ("No rate", Amount("unknown", tone="unknown")),
]

ROWS = rx.Var.create(
    [
        Row(
            "Yeşilvadi Market ve Gıda Sanayi ve Ticaret Anonim Şirketi",
            "Groceries · Vadesiz hesap",
            Amount("1,284", ".90", "−", "₺"),
            "€26.43",
            "basket",
        ),
        Row(
            "Kornblume Bakery",
            "Eating out · Everyday",
            Amount("6", ".80", "−", "€"),
            glyph="coffee",
        ),
        Row(
            "Everyday to Rainy-day savings",
            "Transfer",
            Amount("500", ".00", before="€", tone="quiet"),
            glyph="arrow-left-right",
        ),
        Row(
            "Lindqvist & Daughters Illustration",
            "Freelance · Everyday",
            Amount("12,345,678", ".90", "+", "€", tone="in"),
            glyph="briefcase",
        ),
    ]
).to(list[Row])

ACCOUNTS = rx.Var.create(
    [
        Row("Everyday", "Checking", Amount("4,318", ".27", before="€")),
        Row("Rainy-day savings", "Savings", Amount("18,650", ".00", before="€")),
        Row(
            "Vadesiz hesap",
            "Checking",
            Amount("86,412", ".50", before="₺"),
            "€1,777.30",
        ),
        Row("Cold storage", "Other", Amount("0.21483650", code="BTC"), "€19,601.68"),
        Row("Credit card", "Due 28 November", Amount("612", ".48", "−", "€")),
    ]
).to(list[Row])

MONTHS: list[str] = [
    *("Dec", "Jan", "Feb", "Mar", "Apr", "May"),
    *("Jun", "Jul", "Aug", "Sep", "Oct", "Nov"),
]
FIRST_DAYS = ["2025-12-01", *[f"2026-{month:02}-01" for month in range(1, 12)]]
WORTHS = [61.2, 62.4, 63.1, 65.2, 66.9, 67.8, 69.1, 68.2, 70.6, 71.9, 72.6, 74.6]

LINE = rx.Var.create(
    LineChart(
        x=[f"1 {month}" for month in MONTHS],
        y=WORTHS,
        texts=[f"€{worth * 1000:,.2f}" for worth in WORTHS],
        x_ticks=[f"1 {month}" for month in MONTHS[1::2]],
        x_tick_texts=MONTHS[1::2],
        y_ticks=[60, 65, 70, 75],
        y_tick_texts=["€60k", "€65k", "€70k", "€75k"],
        summary="Net worth from December 2025 to today: it rose to €74,589.37.",
    )
).to(LineChart)

FLOW = rx.Var.create(
    FlowChart(
        x=MONTHS[6:],
        came_in=[5.0, 5.0, 5.6, 5.0, 5.1, 5.24],
        went_out=[3.2, 3.6, 3.4, 3.0, 3.3, 3.41],
        in_texts=["€5,000", "€5,000", "€5,600", "€5,000", "€5,100", "€5,240"],
        out_texts=["€3,200", "€3,600", "€3,400", "€3,000", "€3,300", "€3,412"],
        summary="In and out for six months. Each month brought in more than it cost.",
    )
).to(FlowChart)

SPENDING = rx.Var.create(
    [
        BarRow(
            "Housing",
            Amount("1,280", ".00", before="€"),
            "96%",
            "96%",
            "as usual",
            "/transactions",
        ),
        BarRow(
            "Travel",
            Amount("612", ".40", before="€"),
            "46%",
            "14%",
            "€422 more",
            "/transactions",
        ),
        BarRow(
            "Groceries and household",
            Amount("486", ".72", before="€"),
            "37%",
            "33%",
            "€46 more",
            "/transactions",
        ),
    ]
).to(list[BarRow])

RATES = [41.9, 42.1, 41.5, 43.2, 44.0, 44.7, 45.1, 46.9, 48.2, 49.4, 49.0, 48.6]
RATE_AXES = Axes(FIRST_DAYS[1::2], MONTHS[1::2], [40, 45, 50], ["40", "45", "50"])

RATE = rx.Var.create(
    RateChart(
        x=MONTHS,
        at=FIRST_DAYS,
        y=[*RATES],
        said=[*RATES[:5], None, None, *RATES[7:]],
        texts=[f"{rate:.4f}" for rate in RATES],
        kinds=["quoted"] * 5 + ["carried forward"] * 2 + ["quoted"] * 5,
        axes=RATE_AXES,
        marks_x=[FIRST_DAYS[2], FIRST_DAYS[9]],
        marks_y=[41.5, 49.4],
        mark_texts=["Low 41.5000", "High 49.4000"],
        mark_places=["bottom center", "top center"],
        average=45.4,
        average_text="45.4000",
        has_gaps=True,
        summary="Lira for a euro over one year: it rose from 41.9 to 48.6.",
    )
).to(RateChart)

COMPARED = rx.Var.create(
    ComparedChart(
        x=MONTHS,
        at=FIRST_DAYS,
        lines=[
            ComparedLine(
                code, code, [*moved], [*moved], [f"{one:.0%}" for one in moved]
            )
            for code, moved in (
                ("TRY", [(rate / RATES[0] - 1) for rate in RATES]),
                ("USD", [0.01 * n for n in range(12)]),
                ("GBP", [-0.005 * n for n in range(12)]),
                ("JPY", [0.002 * n * n for n in range(12)]),
            )
        ],
        axes=Axes(
            FIRST_DAYS[1::2], MONTHS[1::2], [-0.1, 0, 0.2], ["−10%", "0%", "+20%"]
        ),
        summary="Four currencies in percent of the first day.",
    )
).to(ComparedChart)
