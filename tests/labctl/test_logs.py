from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from labctl.logs import run_log, to_stderr


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_records_of_ours_are_kept_as_json(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with run_log(path):
        logging.getLogger("labctl.engine").info("电阻 %s", "ok")
        logging.getLogger("drivers.x").debug("not kept")
        logging.getLogger("other").info("not kept")
        logging.getLogger("other").warning("kept")
    logging.getLogger("labctl.engine").info("after")
    first, second = lines(path)
    assert (first["level"], first["logger"], first["message"]) == (
        "info",
        "labctl.engine",
        "电阻 ok",
    )
    assert first["utc"].endswith("+00:00")
    assert second["message"] == "kept"


def test_a_traceback_is_part_of_its_line(tmp_path: Path) -> None:
    with run_log(tmp_path / "log.jsonl"):
        try:
            raise ZeroDivisionError("by nought")
        except ZeroDivisionError:
            logging.getLogger("labctl").exception("failed")
    [only] = lines(tmp_path / "log.jsonl")
    assert "ZeroDivisionError: by nought" in only["traceback"]


def test_levels_are_given_back(tmp_path: Path) -> None:
    before = logging.getLogger("labctl").level
    with run_log(tmp_path / "log.jsonl"):
        assert logging.getLogger("labctl").level == logging.INFO
    assert logging.getLogger("labctl").level == before


def test_human_lines_go_to_stderr_without_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    to_stderr()
    try:
        logging.getLogger("labctl.x").warning("too hot", exc_info=ValueError("x"))
        logging.getLogger("labctl.x").info("not told")
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
    told = capsys.readouterr()
    assert told.err == "warning labctl.x: too hot\n"
    assert told.out == ""
