"""What only a process of its own can show: console encodings, imports, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

HEAVY = ("numpy", "scipy", "pint", "rich", "pyvisa", "serial", "matplotlib", "jinja2", "asyncio")


def start(*command: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    known = {k: v for k, v in os.environ.items() if k not in ("PYTHONUTF8", "PYTHONIOENCODING")}
    return subprocess.run(
        [sys.executable, *command], env={**known, **environ}, capture_output=True, check=False
    )


def test_a_chinese_console_gets_utf8() -> None:
    done = start(
        "-m", "labctl", "indicators", "1.2", PYTHONIOENCODING="cp936", LC_ALL="zh_CN.UTF-8"
    )
    assert done.returncode == 0, done.stderr
    assert "W/m²" in done.stdout.decode("utf-8") or "≥" in done.stdout.decode("utf-8")
    assert "项指标" in done.stderr.decode("utf-8")


def test_json_errors_are_ascii_on_any_console() -> None:
    done = start(
        "-m", "labctl", "run", "五点二", "--json", "--lang", "zh", PYTHONIOENCODING="cp936"
    )
    assert done.returncode == 3
    assert done.stderr == b""
    assert "五点二" in json.loads(done.stdout.decode("ascii"))["error"]["message"]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from labctl.cli.main import main; code = main(['--help']);"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = start("-c", code)
    assert (done.returncode, done.stderr.strip()) == (0, b"[]")
