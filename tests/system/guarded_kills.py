"""Kills of a guarded run in the middle of its commands, while another client looks on.

`labctl run` starts a guardian, which starts the worker; all lines of the worker pass a tap, which
kills it in the command that is asked for. The guardian's own commands pass by the same lines.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from labctl import clock
from labctl.journal.reader import Reader
from labctl.platform.processes import Process, is_alive, kill
from tests.served_bench import bench_file
from tests.system.crossing import Crossing, Lines, Send
from tests.system.guarded import PATIENCE, Stand, wait
from tests.system.third_party import Looker

SECONDS = 1.0
"""Within which a bench is safe after the end of its worker."""

GRACE = 10.0
"""Times that, in a test on a machine that does other work."""

AFTER = (0.3, 1.0, 3.0, 10.0, 50.0)
"""Milliseconds after a command was sent."""

UNDER_WAY = 0.003
"""Seconds for which bytes that the worker wrote may be under way after its end; its guardian looks
for that each 0.01 s."""

SWITCHES = {
    b"LAMP 1": "lamp",
    b"SHUT 1": "shutter",
    b"RUN ": "bender",
    b":OUTP ON": "output",
    b":OUTP 1": "output",
}
"""What the beginnings of commands switch on (docs/protocols/llp1.md, the maker's manual)."""


class Kill(NamedTuple):
    """A kill in command number `command` (0: none): `before` it has gone, when `half` of its bytes
    have, or `after` it and so many ms."""

    command: int
    how: str = "before"


class Found(NamedTuple):
    """What came of a kill: how long after the end of the worker everything was off, seen by
    another client (None: it was not), after which time the guardian's first command came, what had
    been switched on, what the guardian's rescue says."""

    seconds: float | None
    noticed: float
    was_on: frozenset[str]
    rescue: str

    @property
    def is_good(self) -> bool:
        """Whether everything went off in ten times the time, and the guardian knows it."""
        off = self.seconds is not None and self.seconds < GRACE * SECONDS
        return off and "safe: " in self.rescue and "NOT SAFE" not in self.rescue


class Blade:
    """Counts commands, and ends the process `worker()` in the one that `wanted` names."""

    def __init__(self, wanted: Kill, worker: Callable[[], Process], free: Callable[[str], None]):
        self.count = 0
        self.ended = self.noticed = 0.0
        self.on: set[str] = set()
        self.left = free
        self._wanted = wanted
        self._worker = worker
        self._turn = threading.Lock()
        self.falling = False

    @property
    def over(self) -> bool:
        """Whether what the worker had sent before its end has come by now."""
        return self.ended > 0.0 and clock.stopwatch() > self.ended + UNDER_WAY

    def command(self, data: bytes, send: Send, *, another: bool) -> None:
        """Let a command go on, all of it or not; what a dying worker still sends is lost."""
        with self._turn:
            if another:
                self.noticed = self.noticed or clock.stopwatch()
                send(data)
                return
            if self.falling:
                return
            self.count += 1
            if self.count != self._wanted.command:
                self._sent(data, send)
            elif self._wanted.how.startswith("after"):
                self._sent(data, send)
                seconds = float(self._wanted.how.removeprefix("after")) / 1e3
                threading.Timer(seconds, self._fall).start()
            else:
                if self._wanted.how == "half":
                    send(data[: len(data) // 2])
                self._fall()

    def _sent(self, data: bytes, send: Send) -> None:
        self.on |= {name for word, name in SWITCHES.items() if word in data}
        send(data)

    def _fall(self) -> None:
        """End the worker, by its number, and wait for its end."""
        worker = self._worker()
        self.falling = True
        kill(worker)
        while is_alive(worker):
            pass
        self.ended = clock.stopwatch()


def every(commands: range, seed: int) -> Iterator[Kill]:
    """A kill in each of these commands, before it, in it or after it as it comes."""
    rng = np.random.default_rng(seed)
    ways = ["before", *["half"] * 3, *(f"after{milliseconds}" for milliseconds in AFTER)]
    for command in commands:
        yield Kill(command, str(rng.choice(ways)))


def sample(commands: range, seed: int, size: int) -> list[Kill]:
    """`size` of them, one from each part of the work."""
    kills = list(every(commands, seed))
    rng = np.random.default_rng(seed)
    parts = np.array_split(np.arange(len(kills)), size)
    return [kills[int(rng.choice(part))] for part in parts]


def commands(on: Stand, lines: Lines, runs: Path) -> int:
    """How many commands a run sends that nobody kills; it passes, and leaves everything off."""
    with Looker(on.served) as looker:
        blade = _ran(on, lines, runs, Kill(0), looker)
        assert on.record().state == "done" and looker.now() == frozenset()
    return blade.count


def killed(on: Stand, lines: Lines, runs: Path, wanted: Kill) -> Found | None:
    """A guarded run in the folder `runs` whose worker dies as `wanted`, and what came of it.

    None where it came to its end before: how often it asks whether a sweep is over may differ, a
    machine may be so busy that its guardian takes it for hung, and after the last commands it ends
    sooner than a kill that comes later.
    """
    with Looker(on.served) as looker:
        blade = _ran(on, lines, runs, wanted, looker)
        if not blade.falling:
            return None
        off = looker.all_off(GRACE * SECONDS)
    if off is not None and on.record().state == "done":
        return None
    with Reader(on.folder() / "journal.db") as reader:
        events = {kind: text for _, _, kind, text in reader.events(None)}
    seconds = None if off is None else max(0.0, off - blade.ended)
    noticed = blade.noticed - blade.ended
    return Found(seconds, noticed, frozenset(blade.on), events.get("rescue", ""))


def _ran(on: Stand, lines: Lines, runs: Path, wanted: Kill, looker: Looker) -> Blade:
    """A run to its end, or to that of its worker and guardian."""
    on.runs = runs
    blade = Blade(wanted, on.worker, looker.free)
    with Crossing(on.served, lines, blade) as crossing:
        bench = bench_file(on.bench, on.served.roles, addresses=crossing.addresses)
        process = on.labctl("run", "guard/99.2-01", "--bench", bench, "--sample", "R-1")
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode in (0, 130), told
        guardian = on.guardian().process
        wait(lambda: not is_alive(guardian))
    return blade
