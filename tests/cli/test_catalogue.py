"""The command finds what a catalogue lacks, and the catalogues lack nothing."""

import json
from pathlib import Path

import pytest

from fintrack.cli.catalogue import ROOT, main
from fintrack.core.text import catalogue_path

PAGE = 't("Accounts")\n'
SERVICE = (
    'translate_plural("{n} row", "{n} rows", n, language)\nNotFound("No {name}.")\n'
)
CATALOGUE = """
#. browser
#: fintrack/pages/accounts.py
msgid "Accounts"
msgstr "Hesaplar"

#: fintrack/services/rows.py
msgid "No {name}."
msgstr "{name} yok."

#: fintrack/services/rows.py
msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} satır"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout with a complete Turkish catalogue."""
    for path, source in (("pages/accounts", PAGE), ("services/rows", SERVICE)):
        file = tmp_path / "fintrack" / f"{path}.py"
        file.parent.mkdir(parents=True)
        file.write_text(source, encoding="utf-8")
    catalogue = turkish(tmp_path)
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    return tmp_path


def turkish(checkout: Path) -> Path:
    return catalogue_path("tr", checkout / "fintrack" / "locale")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_our_catalogues_are_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"], ROOT) == 0, capsys.readouterr().err


def test_complete_catalogue_passes(checkout: Path) -> None:
    assert main(["check"], checkout) == 0


def test_planted_text_without_translation_is_caught(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "fintrack" / "pages" / "debts.py").write_text('t("Debts")')
    assert main(["check"], checkout) == 1
    assert capsys.readouterr().err == "tr: missing: Debts\n"


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('"Hesaplar"', '""', "tr: missing: Accounts"),
        ("#. browser", "#. browser\n#, fuzzy", "tr: missing: Accounts"),
        ("{name} yok", "{ad} yok", "tr: other placeholders: No {name}."),
        ("{name} yok", "Yok", "tr: other placeholders: No {name}."),
        ("{name} yok", "{name yok", "tr: other placeholders: No {name}."),
        ("{n} satır", "satır", "tr: other placeholders: {n} row"),
        ("#. browser\n", "", "tr: now for another reader, run update: Accounts"),
    ],
)
def test_planted_fault_is_caught(
    checkout: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    old: str,
    new: str,
    finding: str,
) -> None:
    replace(turkish(checkout), old, new)
    assert main(["check"], checkout) == 1
    assert capsys.readouterr().err.splitlines() == [finding]


def test_text_of_the_browser_with_a_value_is_caught(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(checkout / "fintrack" / "pages" / "accounts.py", "Accounts", "{n} left")
    assert main(["update"], checkout) == 0
    replace(
        turkish(checkout),
        'msgid "{n} left"\nmsgstr ""',
        'msgid "{n} left"\nmsgstr "{n} kaldı"',
    )
    assert main(["check"], checkout) == 1
    assert capsys.readouterr().err == ("tr: the browser fills in no values: {n} left\n")


def test_text_that_nobody_uses_is_caught_and_dropped(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "fintrack" / "pages" / "accounts.py").write_text("")
    assert main(["check"], checkout) == 1
    assert capsys.readouterr().err == "tr: obsolete: Accounts\n"
    assert main(["update"], checkout) == 0
    assert main(["check"], checkout) == 0


def test_text_built_at_run_time_stops_the_command(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "fintrack" / "pages" / "debts.py").write_text('t(f"{n} debts")')
    assert main(["check"], checkout) == 1
    assert "debts.py:1: write the text as one literal" in capsys.readouterr().err


def test_planted_text_without_its_mark_is_caught(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "fintrack" / "services" / "days.py").write_text(
        'NO_DAY = "no day"\nraise InvalidInput(NO_DAY)\n'
    )
    assert main(["check"], checkout) == 1
    assert capsys.readouterr().err == (
        "fintrack/services/days.py:1: write NO_DAY with message_id\n"
    )


def test_update_keeps_translations_and_changes_nothing_twice(checkout: Path) -> None:
    assert main(["update"], checkout) == 0
    once = turkish(checkout).read_bytes()
    assert "Hesaplar" in once.decode()
    assert main(["update"], checkout) == 0
    assert turkish(checkout).read_bytes() == once


def test_new_language_starts_with_everything_missing(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["update", "--start", "de"], checkout) == 0
    assert main(["check"], checkout) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_export_writes_what_the_browser_translates(checkout: Path) -> None:
    assert main(["export"], checkout) == 0
    folder = checkout / "assets" / "locales"
    assert sorted(path.name for path in folder.iterdir()) == ["en.json", "tr.json"]
    assert json.loads((folder / "tr.json").read_text()) == {"Accounts": "Hesaplar"}
    assert json.loads((folder / "en.json").read_text()) == {}


def test_pseudo_language_is_a_third_longer_and_keeps_placeholders(
    checkout: Path,
) -> None:
    assert main(["export", "--pseudo"], checkout) == 0
    texts = json.loads((checkout / "assets" / "locales" / "xx.json").read_text())
    assert texts == {"Accounts": "[Accounts one]"}
    server = catalogue_path("xx", checkout / "fintrack" / "locale").read_text()
    assert "[No {name}. one]" in server
    assert main(["check"], checkout) == 0
