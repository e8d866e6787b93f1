from __future__ import annotations

import pytest

from labctl.cli import main as main_module
from labctl.cli.main import take_language
from labctl.errors import UsageError
from labctl.i18n import current, using

from .conftest import Command

COMMANDS = ["demo", "indicators", "coverage", "run", "show", "report", "runs", "doctor"]


def test_help_lists_every_command(labctl: Command) -> None:
    answer = labctl("--help")
    assert answer.code == 0
    assert [c for c in COMMANDS if f"\n  {c} " not in answer.out] == []


def test_nothing_asked_is_a_question_for_help(labctl: Command) -> None:
    assert labctl().out == labctl("--help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_translated(labctl: Command, command: str) -> None:
    english, chinese = labctl(command, "--help"), labctl(command, "--help", "--lang", "zh")
    assert (english.code, chinese.code) == (0, 0)
    assert "Usage: labctl" in english.out
    assert "用法：labctl" in chinese.out
    assert "Options" not in chinese.out


def test_the_locale_chooses_the_language(labctl: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "用法：" in labctl("--help").out
    assert "Usage:" in labctl("--help", "--lang=en").out


def test_version(labctl: Command) -> None:
    assert labctl("--version").out.startswith("labctl ")


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("run",), ("run", "1.1-03", "--seed", "x"), ("--lang", "de", "runs")],
)
def test_a_wrong_command_line_ends_with_3(labctl: Command, arguments: tuple[str, ...]) -> None:
    answer = labctl(*arguments)
    assert answer.code == 3
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 1
    assert "remedy:" in answer.err


def test_a_wrong_command_line_is_json_on_demand(labctl: Command) -> None:
    answer = labctl("run", "--json")
    assert answer.code == 3
    assert answer.document["error"]["kind"] == "usage"
    assert answer.err == ""


def test_the_language_is_taken_from_anywhere() -> None:
    with using("en"):
        assert take_language(["run", "--lang", "zh", "1.1-03"]) == ["run", "1.1-03"]
        assert current() == "zh"
        assert take_language(["--lang=en", "runs"]) == ["runs"]
        assert current() == "en"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="'de'"):
        take_language(["--lang", "de"])


@pytest.mark.parametrize(
    ("raised", "code", "kind"),
    [(ValueError("odd"), 4, "defect"), (UsageError("no"), 3, "usage")],
)
def test_what_is_raised_decides_the_exit_code(
    labctl: Command, monkeypatch: pytest.MonkeyPatch, raised: Exception, code: int, kind: str
) -> None:
    def fail(arguments: list[str]) -> int:
        raise raised

    monkeypatch.setattr(main_module, "_run", fail)
    plain, told = labctl("runs"), labctl("runs", "--json")
    assert (plain.code, told.code) == (code, code)
    assert plain.out == ""
    assert told.document["error"]["kind"] == kind


def test_a_defect_shows_its_trace(labctl: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(arguments: list[str]) -> int:
        raise ZeroDivisionError("no")

    monkeypatch.setattr(main_module, "_run", fail)
    assert "Traceback" in labctl("runs").err


def test_an_interrupt_ends_with_130(labctl: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(option: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("labctl.config.runs_folder", stop)
    answer = labctl("runs", "--json")
    assert answer.code == 130
    assert answer.document["error"]["kind"] == "interrupted"
    assert labctl("runs").err == "Error: interrupted\n"
