"""The worker of a guarded run is killed in its commands: another client sees all of it go off.

Every command, on serial ports and on TCP: ci/soak/guarded_kills.py.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.system.crossing import Lines
from tests.system.guarded import Stand, served_stand
from tests.system.guarded_kills import killed, sample

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

SEED = 20261123

COMMANDS = range(62, 78)
"""Where everything is on; a run that nobody kills sends some more."""


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Generator[Stand]:
    with served_stand(tmp_path_factory.mktemp("bench"), "photovoltaic") as found:
        yield found


@pytest.mark.parametrize(("lines", "seed"), [("serial", SEED), ("tcp", SEED + 1)])
def test_outputs_are_off_within_the_deadline(
    on: Stand, lines: Lines, seed: int, tmp_path: Path
) -> None:
    (kill,) = sample(COMMANDS, seed, 1)
    found = killed(on, lines, tmp_path, kill)
    assert found is not None and found.is_good, found
    print(f"{lines}: {kill.how} command {kill.command}: off after {found.seconds} s")
    assert "lamp" in found.was_on, "nothing was on, so nothing is proved"
