"""A process that drives a served bench is killed in its commands: another client sees it go off.

Every command, on serial ports and on TCP: ci/soak/guarded_kills.py.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from labctl.platform import pty
from tests.serving import Served
from tests.system.guarded_kills import GRACE, SECONDS, Lines, killed, sample, written

SEED, SIZE = 20261123, 2

COMMANDS = 60
"""Not more than the process sends that is not killed."""


@pytest.fixture(scope="module")
def served() -> Generator[Served]:
    with Served("photovoltaic") as bench:
        yield bench


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("serial", marks=pytest.mark.skipif(not pty.available(), reason="no ptys")),
        "tcp",
    ],
)
def test_outputs_are_off_within_the_deadline(served: Served, lines: Lines, tmp_path: Path) -> None:
    bench = written(served, lines, tmp_path)
    was_on: set[str] = set()
    for kill in sample(COMMANDS, SEED, lines, SIZE):
        found = killed(served, bench, kill)
        print(f"{lines}: {kill.how} command {kill.command}: off after {found.seconds} s")
        assert found.report.is_safe, found.report.told()
        assert found.seconds is not None and found.seconds < GRACE * SECONDS
        was_on |= found.was_on
    assert "lamp" in was_on, "nothing was on, so nothing is proved"
