"""SC10 emulator: the word that toggles, the interlock, echo and prompt."""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.thorlabs.sc10 import Sc10


class Blade:
    def __init__(self) -> None:
        self.is_open, self.tripped = False, False

    def shutter(self, is_open: bool, t: float) -> None:
        self.is_open = is_open

    def interlocked(self, t: float) -> bool:
        return self.tripped


def ask(box: Sc10, command: str, t: float) -> str:
    box.receive(f"{command}\r".encode("ascii"), t)
    return box.send(t + 0.05).decode("ascii")


def test_ens_toggles_and_the_blade_takes_its_time() -> None:
    blade = Blade()
    box = Sc10(blade, serial="1", rng=np.random.default_rng(1))
    assert ask(box, "closed?", 0.0) == "closed?\r1\r> "
    assert ask(box, "ens", 1.0) == "ens\r> "
    assert blade.is_open
    assert ask(box, "ens?", 2.0) == "ens?\r1\r> "
    ask(box, "ens", 3.0)
    assert ask(box, "closed?", 3.001) == "closed?\r0\r> "
    assert ask(box, "closed?", 4.0) == "closed?\r1\r> "


def test_a_tripped_interlock_closes_and_keeps_closed() -> None:
    blade = Blade()
    box = Sc10(blade, serial="1", rng=np.random.default_rng(1))
    ask(box, "ens", 0.0)
    blade.tripped = True
    assert ask(box, "interlock?", 1.0) == "interlock?\r1\r> "
    assert not blade.is_open
    ask(box, "ens", 2.0)
    assert not blade.is_open


def test_wrong_words_are_told() -> None:
    box = Sc10(Blade(), serial="1", rng=np.random.default_rng(1))
    assert "CMD_NOT_DEFINED" in ask(box, "hello", 0.0)
    assert "CMD_ARG_INVALID" in ask(box, "mode=9", 1.0)
    ask(box, "mode=4", 2.0)
    assert ask(box, "mode?", 3.0) == "mode?\r4\r> "
