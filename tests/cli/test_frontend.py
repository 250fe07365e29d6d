from pathlib import Path

import pytest

from fintrack.cli import frontend
from fintrack.core.errors import Unavailable


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "fintrack" / "pages").mkdir(parents=True)
    (tmp_path / "fintrack" / "pages" / "home.py").write_text("one")
    (tmp_path / "reflex.lock").mkdir()
    (tmp_path / "reflex.lock" / "package.json").write_text('{"a": 1, "b": 2}')
    return tmp_path


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A build that makes the first page, as often as it is asked for."""
    done: list[Path] = []

    def export(root: Path) -> None:
        (root / frontend.RESULT).parent.mkdir(parents=True, exist_ok=True)
        (root / frontend.RESULT).write_text("page")
        done.append(root)

    monkeypatch.setattr(frontend, "_export", export)
    return done


def test_unchanged_sources_are_built_once(root: Path, builds: list[Path]) -> None:
    frontend.ensure_frontend(root)
    frontend.ensure_frontend(root)
    assert builds == [root]


@pytest.mark.parametrize(
    "changed",
    [
        *("fintrack/pages/home.py", "assets/new.js", "rxconfig.py", "requirements.txt"),
        *("babel.cfg", "fintrack/cli/catalogue.py", "fintrack/cli/extraction.py"),
    ],
)
def test_changed_source_is_built_again(
    root: Path, builds: list[Path], changed: str
) -> None:
    frontend.ensure_frontend(root)
    (root / changed).parent.mkdir(exist_ok=True)
    (root / changed).write_text("two")
    frontend.ensure_frontend(root)
    assert len(builds) == 2


@pytest.mark.parametrize(
    "changed",
    ["fintrack/services/x.py", "assets/external/x.js", "fintrack/pages/x.pyc"],
)
def test_what_no_page_reads_is_not_built(
    root: Path, builds: list[Path], changed: str
) -> None:
    frontend.ensure_frontend(root)
    (root / changed).parent.mkdir(parents=True, exist_ok=True)
    (root / changed).write_text("two")
    frontend.ensure_frontend(root)
    assert len(builds) == 1


def test_moved_source_is_built_again(root: Path, builds: list[Path]) -> None:
    frontend.ensure_frontend(root)
    page = root / "fintrack" / "pages" / "home.py"
    page.rename(page.with_name("start.py"))
    frontend.ensure_frontend(root)
    assert len(builds) == 2


def test_killed_build_leaves_no_valid_stamp(
    root: Path, builds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    frontend.ensure_frontend(root)
    (root / "rxconfig.py").write_text("two")

    def killed(_root: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(frontend, "_export", killed)
        with pytest.raises(KeyboardInterrupt):
            frontend.ensure_frontend(root)
    (root / "rxconfig.py").unlink()
    frontend.ensure_frontend(root)
    assert len(builds) == 2


def test_order_of_keys_in_the_lock_stays_as_committed(root: Path) -> None:
    package = root / "reflex.lock" / "package.json"
    committed = package.read_bytes()
    with frontend.steady_lock(package.parent):
        package.write_text('{"b": 2, "a": 1}')
    assert package.read_bytes() == committed


def test_drift_of_the_lock_stays_to_be_seen(root: Path) -> None:
    package = root / "reflex.lock" / "package.json"
    with frontend.steady_lock(package.parent):
        package.write_text('{"a": 1, "b": 3}')
    assert package.read_text() == '{"a": 1, "b": 3}'


def test_failed_build_shows_the_end_of_its_output(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontend, "build_environment", lambda _root: {})
    with pytest.raises(Unavailable, match=r"could not be built:\n"):
        frontend.ensure_frontend(root)
    assert not (root / frontend.STAMP).exists()
