from __future__ import annotations

import pytest

from sim_backends.emulators.thorlabs.sc10 import EMULATOR, INVALID, UNKNOWN
from sim_backends.models.beam_shutter import BeamShutter
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Host(Talk):
    def __init__(self) -> None:
        self.blade = BeamShutter()
        self.controller = EMULATOR(self.blade, serial="", rng=stream(1, "sc10", "test"))
        super().__init__(self.controller)

    def said(self, command: str) -> str:
        echo, *lines = self.answer(f"{command}\r".encode("ascii")).decode("ascii").split("\r")
        assert echo == command and lines[-1] == "> "
        return " ".join(lines[:-1])


def test_enable_toggles_the_blade() -> None:
    host = Host()
    assert (host.said("closed?"), host.said("ens?")) == ("1", "0")
    assert host.said("ens") == ""
    host.run(1.0)
    assert (host.said("closed?"), host.said("ens?")) == ("0", "1")
    host.said("ens")
    host.run(1.0)
    assert (host.said("closed?"), host.said("ens?")) == ("1", "0")


def test_an_open_interlock_takes_the_enable_and_keeps_it() -> None:
    host = Host()
    host.said("ens")
    host.blade.door(True)
    assert (host.said("interlock?"), host.said("ens?")) == ("1", "0")
    host.said("ens")
    assert host.said("ens?") == "0"
    host.blade.door(False)
    host.run(1.0)
    assert (host.said("interlock?"), host.said("ens?"), host.said("closed?")) == ("0", "0", "1")


def test_another_mode_does_not_hold_the_blade() -> None:
    host = Host()
    host.said("ens")
    assert host.said("mode=3") == ""
    host.run(1.0)
    assert (host.said("mode?"), host.said("ens?"), host.said("closed?")) == ("3", "1", "1")


@pytest.mark.parametrize(
    ("command", "answer"),
    [("blade?", UNKNOWN), ("blade=1", UNKNOWN), ("mode=6", INVALID), ("rep=x", INVALID)],
)
def test_what_it_does_not_know_is_refused(command: str, answer: str) -> None:
    assert Host().said(command) == answer


def test_switched_on_again_it_is_shut() -> None:
    host = Host()
    host.said("mode=2")
    host.said("ens")
    host.controller.power_on(host.t)
    assert (host.said("mode?"), host.said("ens?")) == ("1", "0")
