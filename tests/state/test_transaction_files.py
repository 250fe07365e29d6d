"""The addresses of files say what the list shows."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

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


def test_place_that_is_no_category_finds_nothing_rather_than_everything() -> None:
    nowhere = Filter(category_ids=(0,))
    assert _read(files_of(nowhere).json) == nowhere
