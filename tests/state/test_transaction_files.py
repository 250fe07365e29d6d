"""The addresses of files say what the list shows."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from fintrack.api.export import ExportQuery
from fintrack.services.ledger.listing import Filter
from fintrack.state.transaction_files import files_of

FULL = Filter(
    account_ids=(7,),
    category_ids=(3, 4),
    tag_ids=(9,),
    words="café & co",
    since=date(2026, 3, 1),
    until=date(2026, 3, 31),
    least=Decimal("1E+2"),
    most=Decimal("99999.50"),
    with_void=True,
    cleared=True,
    reconciled=True,
    attached=True,
)


def _read(address: str) -> Filter:
    query = parse_qs(urlsplit(address).query)
    several = {"any_category": query.pop("any_category", [])}
    return ExportQuery.model_validate(
        {name: found[0] for name, found in query.items()} | several
    ).read()


def test_file_has_the_filters_of_the_list() -> None:
    links = files_of(FULL)
    assert (_read(links.json), _read(links.csv)) == (FULL, FULL)
    assert "format=csv" in links.csv
    assert _read(files_of(Filter()).json) == Filter()


def test_each_filter_is_looked_at() -> None:
    same = [one for one in fields(Filter) if getattr(FULL, one.name) == one.default]
    assert same == []


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(cleared=False),
        Filter(reconciled=False),
        Filter(attached=False),
        Filter(least=Decimal(0)),
    ],
)
def test_what_is_not_marked_is_not_everything(wanted: Filter) -> None:
    assert _read(files_of(wanted).json) == wanted


def test_place_that_is_no_category_finds_nothing_rather_than_everything() -> None:
    nowhere = Filter(category_ids=(0,))
    assert _read(files_of(nowhere).json) == nowhere
