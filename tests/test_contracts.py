"""The import contracts of pyproject.toml, and a planted import that each one bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINTER = Path(sys.executable).with_name("lint-imports")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product beside its contracts, where a test may plant what it likes."""
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    unread = shutil.ignore_patterns("__pycache__", "locale", "data")
    for package in ("fintrack", "admin"):
        shutil.copytree(ROOT / package, root / package, ignore=unread)
    return root


def broken(root: Path) -> list[str]:
    """The names of the contracts that do not hold."""
    checked = subprocess.run(  # noqa: S603 - our own program, fixed words
        [str(LINTER), "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts: " in checked.stdout, checked.stderr
    lines = checked.stdout.splitlines()
    return [line.partition(" BROKEN")[0] for line in lines if " BROKEN" in line]


def test_contracts_hold(copy: Path) -> None:
    assert broken(copy) == []


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("state/entry", "admin.state", "Only the wiring knows the staff area"),
        ("../admin/frame", "fintrack.pages", "The staff area is a door of its own"),
        ("../admin/frame", "fintrack.models", "The staff area is a door of its own"),
        (
            "../admin/state/jobs",
            "fintrack.state.accounts",
            "The staff area is a door of its own",
        ),
        ("core/money", "fintrack.services", "The house has floors"),
        ("utils/__init__", "json", "The house has floors"),
        ("pages/history", "fintrack.api", "Pages and components see only state"),
        ("jobs/schedule", "fintrack.state", "The house has floors"),
        ("jobs/schedule", "fintrack.models", "Doors see services, not tables"),
        ("api/me", "fintrack.models", "Doors see services, not tables"),
        ("services/jobs/runs", "apscheduler", "Business code knows no framework"),
        ("services/gate", "fastapi", "Business code knows no framework"),
        ("core/money", "sqlmodel", "Core does no I/O"),
        ("api/me", "httpx", "Only services reach the network"),
        (
            "services/ledger/rows",
            "fintrack.services.imports.parsing",
            "No cycles inside services",
        ),
    ],
)
def test_planted_import_is_caught(
    copy: Path, module: str, planted: str, contract: str
) -> None:
    path = copy / "fintrack" / f"{module}.py"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before}\nimport {planted}\n", encoding="utf-8")
    found = broken(copy)
    if before:
        path.write_text(before, encoding="utf-8")
    else:
        shutil.rmtree(path.parent)
    assert contract in found
