import contextlib

import pytest

from fintrack.cli import main
from fintrack.core.errors import Unavailable


def _refused(_arguments: list[str]) -> int:
    raise Unavailable("The database is {state}.", state="away")


def _interrupted(_arguments: list[str]) -> int:
    raise KeyboardInterrupt


def test_command_gives_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(main.COMMANDS, "count", len)
    assert main.main(["count", "a", "b"]) == 2


def test_refusal_is_one_sentence_and_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(main.COMMANDS, "refused", _refused)
    assert main.main(["refused"]) == 1
    assert capsys.readouterr().err == "The database is away.\n"


def test_interrupted_command_ends_as_a_shell_expects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(main.COMMANDS, "slow", _interrupted)
    assert main.main(["slow"]) == 130


def test_command_without_arguments_refuses_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main.main(["migrate", "--all"]) == 1
    assert "takes no arguments" in capsys.readouterr().err


def test_unknown_command_names_those_that_exist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main.main(["unknown"])
    assert "serve" in capsys.readouterr().err


def test_bad_setting_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FINTRACK_PORT", "abc")
    assert main.main(["serve"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("FINTRACK_PORT cannot be used: ")
    assert len(said.splitlines()) == 1


def test_help_has_a_plain_line_for_each_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main.main(["--help"])
    said = capsys.readouterr().out
    assert "`" not in said
    begun = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]
    assert set(main.COMMANDS) <= set(begun)
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize("command", list(main.COMMANDS))
def test_help_of_a_command_is_plain(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.suppress(SystemExit):
        assert main.main([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert said
    assert "`" not in said
    assert "Raises" not in said


def test_each_command_tells_its_own_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["create-admin", "--help"])
    assert "--first-name" in capsys.readouterr().out
    assert main.main(["build", "--help"]) == 0
    assert capsys.readouterr().out.startswith("Build the front end")
