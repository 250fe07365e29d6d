"""Settings come from arguments, the environment and files, in this order."""

import os
from pathlib import Path

import pytest

from fintrack.core.errors import InvalidInput
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


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "0", "greater than"),
        ("PORT", "99999", "less than or equal to 65535"),
        ("PORT", "abc", "a valid integer"),
        ("LOG_FORMAT", "xml", "'text' or 'json'"),
        ("DATABASE_URL", "s3cret", "postgresql://user:password@host"),
        ("DATABASE_URL", "mysql://u:s3cret@h/db", "postgresql://user:password@host"),
        ("LOG_DATABASE_URL", "postgresql://u:s3cret@h:x/db", "PostgreSQL"),
        ("PUBLIC_URL", "money.example", "https://money.example"),
        ("PUBLIC_URL", "https://a.example, https://", "https://money.example"),
        ("PUBLIC_URL", "https://[::1", "https://money.example"),
        ("TRUSTED_PROXIES", "10.0.0.0/8 proxy", "no network"),
        ("REDIS_URL", "s3cret:6379", "redis://host:6379"),
        ("MASTER_KEY_FILE", "/nonexistent/s3cret", "No such file"),
    ],
)
def test_bad_setting_is_a_sentence_with_its_name_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(InvalidInput) as caught:
        read_settings()
    assert caught.value.text.startswith(f"{PREFIX}{name} ")
    assert said in caught.value.text
    assert "s3cret" not in caught.value.text


def test_secret_file_of_other_bytes_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "key"
    secret.write_bytes(b"\xff")
    monkeypatch.setenv("FINTRACK_MASTER_KEY_FILE", str(secret))
    with pytest.raises(InvalidInput, match=r"_FILE .* UTF-8"):
        read_settings()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
@pytest.mark.parametrize(
    "rest",
    [
        "://db/books",
        "://ada:a/b#c?d@e:f@db:5432/books?sslmode=require",
        "://ada@[::1]:5432/books",
        "://ada@/books?host=/run/fintrack",
    ],
)
def test_address_of_a_database_is_read_in_each_spelling(scheme: str, rest: str) -> None:
    found = read_settings({"database_url": scheme + rest}).database_url
    assert found == f"postgresql+psycopg{rest}"


def test_secrets_are_not_printed() -> None:
    secrets = {
        "master_key": "s3cret",
        "metrics_token": "t0ken",
        "smtp_url": "smtps://ada:pa55@mail.example.org",
    }
    shown = repr(read_settings(secrets))
    assert not [secret for secret in secrets.values() if secret in shown]


def test_sources_of_rates_are_asked_over_https_or_on_this_machine() -> None:
    urls = "https://a.example/{day} http://127.0.0.1:9/{day}"
    assert read_settings({"currency_api_urls": urls}).currency_api_urls == urls
    assert read_settings({"crypto_url": ""}).crypto_url == ""
    with pytest.raises(InvalidInput, match="FINTRACK_ECB_URL is no address"):
        read_settings({"ecb_url": "http://rates.example"})


def test_key_of_a_source_is_not_shown() -> None:
    assert "s3cret" not in repr(read_settings({"currencyfreaks_key": "s3cret"}))
