import pytest

from fintrack.cli import main
from fintrack.core.errors import Unavailable


def _refused() -> int:
    raise Unavailable("The database is {state}.", state="away")


def _interrupted() -> int:
    raise KeyboardInterrupt


def test_command_gives_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(main.COMMANDS, "count", lambda: 7)
    assert main.main(["count"]) == 7


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


def test_unknown_command_names_those_that_exist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main.main(["unknown"])
    assert "serve" in capsys.readouterr().err
