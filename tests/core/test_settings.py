"""Settings come from arguments, the environment and files, in this order."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from fintrack.core.settings import PREFIX, Settings, read_settings

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.upper().startswith("FINTRACK_")]:
        monkeypatch.delenv(name)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.uses_embedded_database
    assert not settings.development


# What ``serve`` tells its worker is no setting of an operator.
TOLD_BY_SERVE = {"key_is_made_here"}


@pytest.mark.parametrize("name", sorted(Settings.model_fields.keys() - TOLD_BY_SERVE))
def test_each_setting_stands_in_the_readme(name: str) -> None:
    rows = [line for line in README.read_text("utf-8").splitlines() if line[:1] == "|"]
    assert [row for row in rows if f"`{PREFIX}{name.upper()}`" in row]


def test_environment_sets_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINTRACK_PORT", "9000")
    monkeypatch.setenv("FINTRACK_DATABASE_URL", "postgresql://db/books")
    settings = read_settings()
    assert settings.port == 9000
    assert not settings.uses_embedded_database


def test_file_gives_a_secret_without_its_line_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "key"
    secret.write_text("s3cret\n", encoding="utf-8")
    monkeypatch.setenv("FINTRACK_MASTER_KEY_FILE", str(secret))
    assert read_settings().master_key == "s3cret"


def test_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "key"
    secret.write_text("from file", encoding="utf-8")
    monkeypatch.setenv("FINTRACK_MASTER_KEY_FILE", str(secret))
    monkeypatch.setenv("FINTRACK_MASTER_KEY", "from environment")
    assert read_settings().master_key == "from environment"


def test_overrides_win_over_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINTRACK_PORT", "9000")
    assert read_settings({"port": 9100}).port == 9100


def test_a_missing_secret_file_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FINTRACK_MASTER_KEY_FILE", str(tmp_path / "gone"))
    with pytest.raises(FileNotFoundError):
        read_settings()


@pytest.mark.parametrize("port", ["0", "65536", "web"])
def test_impossible_port_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("FINTRACK_PORT", port)
    with pytest.raises(ValidationError):
        read_settings()


def test_secrets_are_not_printed() -> None:
    secrets = {
        "master_key": "s3cret",
        "metrics_token": "t0ken",
        "smtp_url": "smtps://ada:pa55@mail.example.org",
    }
    shown = repr(read_settings(secrets))
    assert not [secret for secret in secrets.values() if secret in shown]
