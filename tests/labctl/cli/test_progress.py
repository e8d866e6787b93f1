from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.cli import progress as module
from labctl.cli.progress import Lines, Pace, shown, time_left
from labctl.i18n import using
from labctl.requests import Progress


def at(done: float, text: str = "sweep", item: str = "1.1-03", reading: str = "") -> Progress:
    return Progress(item, 0, 2, done, text, 3600 * done, reading)


def test_nothing_is_written_when_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with shown(quiet=True) as show:
        assert show is None
    assert capsys.readouterr() == ("", "")


def test_lines_are_written_on_news_only(capsys: pytest.CaptureFixture[str]) -> None:
    show = Lines()
    for done in (0.0, 0.01, 0.02, 0.11, 0.12):
        show(at(done, reading="1000 W/m**2"))
    show(at(0.12, "reduction"))
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("[1/2] 1.1-03   0%")
    assert lines[0].endswith("sweep  1000 W/m**2")
    assert lines[2].endswith("reduction")


def test_an_outcome_is_told_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    with using("zh"):
        Lines()(at(1.0, "PASS"))
    assert capsys.readouterr().err.rstrip().endswith("合格")


def test_the_pace_compares_run_time_with_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 0.0, 2.0])
    monkeypatch.setattr(module, "stopwatch", lambda: next(times))
    pace = Pace()
    assert pace.text(at(0.0)) == "0 s"
    assert pace.text(at(1.0)) == "60 min at 1,800×"


@pytest.mark.parametrize(
    ("speed", "said"),
    [(1.0, "36 min, 24 min left"), (100.0, "36 min at 100×, 24 min left (14.4 s)")],
)
def test_the_rest_is_told_in_run_time_and_real_time(
    monkeypatch: pytest.MonkeyPatch, speed: float, said: str
) -> None:
    times = iter([0.0, 0.0, 2160.0 / speed])
    monkeypatch.setattr(module, "stopwatch", lambda: next(times))
    pace = Pace()
    pace.text(at(0.0))
    assert pace.text(at(0.6)) == said


@given(passed=st.floats(1e-3, 1e9), done=st.floats(0.0, 1.0), before=st.floats(0.0, 1.0))
def test_the_rest_takes_as_long_as_what_was_done(passed: float, done: float, before: float) -> None:
    left = time_left(passed, done - before, 1.0 - done)
    if left is not None:
        assert left * (done - before) == pytest.approx(passed * (1.0 - done)) and left > 0
    else:
        assert done - before < 0.01 or done == 1.0


def test_a_held_item_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    show = Lines()
    show(at(0.1))
    show(replace(at(0.1), state="paused by Ann"))
    first, second = capsys.readouterr().err.splitlines()
    assert "[paused by Ann]" in second and "[" not in first.removeprefix("[1/2]")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    with shown(quiet=False) as show:
        assert show is not None
        show(at(0.0, reading="[bold]"))
        show(at(1.0, "PASS"))
        show(at(1.0, "FAIL", item="1.1-04"))
    text = screen.getvalue()
    assert "1.1-03" in text
    assert "1.1-04" in text
    assert "PASS" in text
