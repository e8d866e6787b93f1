from __future__ import annotations

import io
import json
import math
import sys

import pytest

from labctl.cli.streams import note, say, say_json, use_utf8


def test_json_is_plain_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"name": "柔性 ± μ", "value": math.nan})
    out = capsys.readouterr().out
    assert out.isascii()
    assert json.loads(out) == {"name": "柔性 ± μ", "value": None}


def test_results_and_notes_go_apart(capsys: pytest.CaptureFixture[str]) -> None:
    say("result")
    note("progress")
    assert capsys.readouterr() == ("result\n", "progress\n")


def test_streams_write_utf8_whatever_the_console_says(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp936"))
    use_utf8()
    say("W/m² ± 合格 \udc80")
    sys.stdout.flush()
    assert raw.getvalue() == "W/m² ± 合格 \\udc80\n".encode()
