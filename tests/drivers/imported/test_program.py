"""A reader that is a program of its own, here a few lines of Python."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from drivers.imported.beside import Program
from drivers.imported.channels_by_program import ChannelsByProgram
from tests.drivers.imported.folders import refusal, result, source

READS = """
import json, sys
text = open(sys.argv[1], encoding="utf-8").read()
if not text.startswith("v1"):
    sys.exit("no such file version: " + text[:2])
values = [float(word) if word != "-" else None for word in text.split()[1:]]
times = [100.0 + index for index in range(len(values))]
channel = {"name": "FID", "unit": "pA", "time": times, "values": values}
header = {"measured": "2026-01-02T03:04:05Z", "method": "M1", "model": "GC 1", "serial": "SIM-2"}
result = {"header": header, "channels": [channel]}
print(json.dumps({"reader": "mine", "version": "0.1", "result": result}))
"""


def program(folder: Path, text: str, timeout: float = 20.0) -> Program:
    path = folder / "读 file.py"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return Program((sys.executable, "-X", "utf8", str(path)), timeout)


def test_channels(tmp_path: Path) -> None:
    file = source(b"v1 1.5 - 2.5", "图 1.dx", program=program(tmp_path, READS))
    found = result(ChannelsByProgram, file)
    (channel,) = found.result
    np.testing.assert_array_equal(channel.values.values, [1.5, np.nan, 2.5])
    np.testing.assert_array_equal(channel.time, [100, 101, 102])
    assert (channel.channel, channel.values.unit) == ("FID", "pA")
    assert (found.file.reader, found.file.reader_version) == ("mine", "0.1")
    assert found.file.remarks == ("1 of 3 values of FID are nan",)
    assert (found.file.name, found.file.size) == ("图 1.dx", 12)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (READS, "no such file version: v2"),
        ("print('{}')", "no JSON of reader"),
        ("print('NaN')", "no JSON of reader"),
        ('print(\'{"reader": "a", "version": "1", "result": {}}\')', "another result"),
        ("import sys\nsys.stdout.buffer.write(b'\\xff')", "no UTF-8"),
    ],
)
def test_a_program_that_fails_is_told(tmp_path: Path, text: str, why: str) -> None:
    file = source(b"v2 1", "a.dx", program=program(tmp_path, text))
    assert why in refusal(ChannelsByProgram, file)


def test_a_program_that_hangs_or_is_not_there(tmp_path: Path) -> None:
    slow = program(tmp_path, "import threading\nthreading.Event().wait()", timeout=0.3)
    assert "longer than 0.3 s" in refusal(ChannelsByProgram, source(b"", "a", program=slow))
    none = Program(("no-such-program-here",))
    assert "there is no program" in refusal(ChannelsByProgram, source(b"", "a", program=none))
    assert "needs [program]" in refusal(ChannelsByProgram, source(b"", "a"))
