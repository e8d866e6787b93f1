"""Guarded runs on a served bench: the lab of `guardlab`, and a third client that looks on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from labctl import clock
from labctl.control import place
from labctl.control.place import Control
from labctl.control.waiting import wait_until
from labctl.guardian import ward
from labctl.platform.processes import Process, is_alive, kill
from labctl.runfile import RunRecord, list_runs, open_run
from tests.house.tree import ROOT
from tests.serving import Served

SIMULATED = """name = "stand"
rig = "reference"

[sim]
world = "reference"

[roles.source_meter]
driver = "keithley.k2450"
address = "sim:visa"
emulator = "keithley.k2450"
port = "resistor"
"""

REAL = """name = "energised-1"
rig = "energised"

[roles.source_meter]
driver = "keithley.k2450"
address = "visa://TCPIP::{host}::{port}::SOCKET"
limits = {{ voltage = {{ value = 2, unit = "V" }}, current = {{ value = 1, unit = "A" }} }}
"""

ENTRY = "[labctl.labs]\nguard = tests.system.guardlab.lab:LAB\n"
METADATA = "Metadata-Version: 2.1\nName: guard-lab\nVersion: 0.1.0\n"

PATIENCE = 60.0
"""Seconds for what has no deadline; a guard against hanging only."""


@dataclass
class Stand:
    """A served source meter in the folder `where`, and runs on it in the folder `runs`."""

    where: Path
    served: Served
    runs: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def bench(self) -> Path:
        """The real bench of the served instrument."""
        return self.where / "bench.toml"

    @property
    def environment(self) -> dict[str, str]:
        """A process that knows the lab, with folders of its own."""
        path = os.pathsep.join([str(self.where / "site"), str(ROOT)])
        own = {"PYTHONPATH": path, "LABCTL_RUNS": str(self.runs), "LC_ALL": "C"}
        return {**os.environ, **own, "LABCTL_LEASES": str(self.where / "leases")}

    def labctl(self, *arguments: object, apart: bool = False) -> subprocess.Popen[str]:
        """Start a command; `apart` in a session of its own, as a terminal has."""
        process = subprocess.Popen(
            [sys.executable, "-m", "labctl", *map(str, arguments)],
            cwd=self.where,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=apart,
        )
        self.started.append(process)
        return process

    def run(self, indicator: str, *more: object, apart: bool = False) -> subprocess.Popen[str]:
        """`labctl run` of an indicator of the lab on the real bench."""
        options = ("--bench", self.bench, "--sample", "R-1", *more)
        return self.labctl("run", f"guard/99.1-{indicator}", *options, apart=apart)

    def folder(self) -> Path:
        """The folder of the only run."""
        wait(lambda: any(self.runs.glob(f"*/{place.FILE}")))
        [found] = self.runs.glob(f"*/{place.FILE}")
        return found.parent

    def record(self) -> RunRecord:
        """What the only run holds."""
        [summary] = list_runs(self.runs)
        return open_run(summary.path)

    def is_on(self) -> bool:
        """Whether the output is on, as a third client asks."""
        with socket.create_connection(self.served.socket("source_meter"), 20) as line:
            line.sendall(b":OUTP?\n")
            return line.makefile("rb").readline().strip() == b"1"

    def energised(self) -> Path:
        """The folder of the only run, when its output is on and its first step has begun."""
        folder = self.folder()
        wait(self.is_on)
        wait(lambda: bool(self.record().items[0].steps))
        return folder

    def worker(self) -> Process:
        """The worker of the only run."""
        return ward.find(self.folder()).process

    def guardian(self) -> Control:
        """The guardian of the only run."""
        found = place.read(self.folder())
        assert found is not None
        return found

    def close(self) -> None:
        """End what the test left, by its number."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.started.clear()
        for folder in self.runs.glob(f"*/{place.FILE}"):
            for end in (_guardian, _worker):
                found = end(folder.parent)
                if found is not None:
                    kill(found)
                    wait(lambda found=found: not is_alive(found))


def wait(done: Callable[[], bool]) -> None:
    """Return when `done()` is true; fails where that takes for ever."""
    assert wait_until(done, PATIENCE)


def took(done: Callable[[], bool]) -> float:
    """Seconds until `done()` is true."""
    begin = clock.stopwatch()
    wait(done)
    return clock.stopwatch() - begin


@contextmanager
def stand(where: Path) -> Iterator[Stand]:
    """A served source meter, and all that is needed for runs on it."""
    (where / "served.toml").write_text(SIMULATED, encoding="utf-8")
    with served_stand(where, str(where / "served.toml")) as found:
        host, port = found.served.socket("source_meter")
        found.bench.write_text(REAL.format(host=host, port=port), encoding="utf-8")
        yield found


@contextmanager
def served_stand(where: Path, bench: str) -> Iterator[Stand]:
    """A served bench, and a lab that knows procedures on it; its bench file is not written yet."""
    known = where / "site" / "guard_lab-0.1.0.dist-info"
    known.mkdir(parents=True)
    (known / "entry_points.txt").write_text(ENTRY, encoding="utf-8")
    (known / "METADATA").write_text(METADATA, encoding="utf-8")
    with Served(bench) as served:
        found = Stand(where, served, where / "runs")
        try:
            yield found
        finally:
            found.close()


def _guardian(folder: Path) -> Process | None:
    control = place.read(folder)
    return None if control is None else control.process


def _worker(folder: Path) -> Process | None:
    return ward.find(folder).process if (folder / ward.FILE).is_file() else None
