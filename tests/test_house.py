"""The house rules, and planted violations that show that each rule bites."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parents[1]
SOURCES = house.sources(ROOT)
# Files that may hold a float, each with its reason (paper, time-outs, statistics).
FLOAT_ALLOWED: dict[Path, str] = {
    Path("fintrack/services/connections.py"): "time-outs in psycopg's own signature",
}
DATABASE = Path("fintrack/services/database.py")

EVERY_FILE = [*SOURCES, *house.sources(ROOT, house.PROOFS)]


def _read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _breaches(paths: list[Path], found_in: Callable[[Path], object]) -> list[str]:
    return [f"{path}: {found}" for path in paths if (found := found_in(path))]


def test_file_name_says_its_subject() -> None:
    assert _breaches(EVERY_FILE, house.is_forbidden_name) == []


@pytest.mark.parametrize(
    "found_in",
    [house.is_too_long, house.long_functions, house.bare_suppressions],
    ids=["file fits on screens", "function fits on one", "silence has a reason"],
)
def test_file_is_quickly_read(found_in: Callable[[str], object]) -> None:
    assert _breaches(EVERY_FILE, lambda path: found_in(_read(path))) == []


def test_no_binary_float_near_money() -> None:
    near = [path for path in SOURCES if house.floor_of(path) in house.MONEY_FLOORS]
    strict = [path for path in near if path not in FLOAT_ALLOWED]
    assert _breaches(strict, lambda path: house.floats(_read(path))) == []


def test_transactions_open_and_commit_only_in_database() -> None:
    others = [path for path in SOURCES if path != DATABASE]
    assert _breaches(others, lambda path: house.transaction_calls(_read(path))) == []


def test_module_has_its_twin_test() -> None:
    def missing(path: Path) -> Path | None:
        twin = house.twin_of(path)
        return twin if twin and not (ROOT / twin).exists() else None

    assert _breaches(SOURCES, missing) == []


def test_exceptions_name_files_that_need_them() -> None:
    assert all(house.floats(_read(path)) for path in FLOAT_ALLOWED)


def test_every_floor_is_looked_at() -> None:
    assert {"core", "models", "services"} <= {house.floor_of(path) for path in SOURCES}


def test_sources_are_found_in_both_packages(tmp_path: Path) -> None:
    for name in ("fintrack/core/money.py", "admin/users.py", "tests/core/x.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert house.sources(tmp_path) == [
        Path("admin/users.py"),
        Path("fintrack/core/money.py"),
    ]
    assert house.sources(tmp_path, house.PROOFS) == [Path("tests/core/x.py")]


@pytest.mark.parametrize(
    "name", ["fintrack/core/utils.py", "fintrack/state/helpers/x.py"]
)
def test_forbidden_name_is_caught(name: str) -> None:
    assert house.is_forbidden_name(Path(name))


def test_long_file_is_caught() -> None:
    assert house.is_too_long("x = 1\n" * 301)
    assert not house.is_too_long("x = 1\n" * 300)


@pytest.mark.parametrize("define", ["def", "async def"])
def test_long_function_is_caught(define: str) -> None:
    body = "    x = 1\n"
    assert house.long_functions(f"{define} work():\n{body * 40}") == ["work"]
    assert not house.long_functions(f"{define} work():\n{body * 39}")


@pytest.mark.parametrize(
    "mark",
    ["noqa: S101", "noqa: S101, D103", "type: ignore[misc]", "pyright: ignore[x]"],
)
def test_silence_without_a_reason_is_caught(mark: str) -> None:
    assert house.bare_suppressions(f"y = 1\nx = 2  # {mark}\n") == [2]
    assert house.bare_suppressions(f"y = 1\nx = 2  # {mark} -\n") == [2]
    assert not house.bare_suppressions(f"x = 2  # {mark} - a fixed word\n")
    assert not house.bare_suppressions(f"x = 2  # {mark}  # a fixed word\n")


@pytest.mark.parametrize("line", ["x = 1.5", "x = float(y)", "x: float = y", "x = 1e3"])
def test_float_is_caught(line: str) -> None:
    assert house.floats(f"y = 1\n{line}") == [2]


@pytest.mark.parametrize(
    "line", ["session.commit()", "await s.begin()", "with c.transaction(): pass"]
)
def test_own_transaction_is_caught(line: str) -> None:
    assert house.transaction_calls(f"async def f():\n {line}") == [2]


def test_twin_mirrors_the_place_of_the_module() -> None:
    module = Path("fintrack/services/debts/offers.py")
    assert house.twin_of(module) == Path("tests/services/debts/test_offers.py")
    assert house.twin_of(module.with_name("__init__.py")) is None
    assert house.twin_of(Path("fintrack/pages/debts.py")) is None
    assert house.twin_of(Path("fintrack/fintrack.py")) is None
