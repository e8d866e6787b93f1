"""Processes that take leases, and leases of holders that do not live."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from labctl.leases.keys import keys_of
from labctl.leases.lease import Holder, Lease, this_holder
from labctl.leases.shelf import Shelf, stem_of

RACER = Path(__file__).parent / "racer.py"
ADDRESS = "tcp://192.0.2.10:5025"


class Racer:
    """A process of racer.py."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        self.marker = folder.with_suffix(".held")
        self.process = subprocess.Popen(
            [sys.executable, str(RACER), str(folder), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        print(line, file=self.process.stdin, flush=True)

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, line: str) -> str:
        self.say(line)
        return self.hear()

    def kill(self) -> None:
        """End it as `kill -9` does, and wait for its end."""
        self.process.kill()
        self.process.communicate()
        self.marker.unlink(missing_ok=True)


@pytest.fixture
def racer(tmp_path: Path) -> Generator[Callable[..., Racer]]:
    """Starts a process for a run, with `host` as the name of its machine; all end with the test."""
    with ExitStack() as stack:

        def start(run: str, *addresses: str, host: str = "", beat: float = 5.0) -> Racer:
            one = Racer(tmp_path / "leases", run, host, beat, *(addresses or (ADDRESS,)))
            stack.callback(one.kill)
            assert one.hear() == "ready"
            return one

        yield start


def left_behind(folder: Path, holder: Holder, address: str = ADDRESS) -> Lease:
    """A lease of `holder` on `address`, as its process left it."""
    key = keys_of(address)[0]
    lease = Lease(key, ("psu",), (address,), holder)
    assert Shelf(folder).make(stem_of(key), 1, lease)
    return lease


def holder_here(run: str = "other", beat: float = 0.02) -> Holder:
    """This process as the holder of another run."""
    return this_holder("0123456789abcdef", run, beat)
