from __future__ import annotations

import pytest

from sim_backends.conformance.hammer import hammer, settle
from sim_backends.emulators.llp.line import checked
from sim_backends.emulators.llp.sol2 import EMULATOR
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class TwoSources:
    """Remembers what the two sources do (TwoSourcePort); they follow at once."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, float, float]] = []
        self.levels = (0.0, 0.0)

    def emit(self, blue: float, red: float, t: float) -> None:
        self.levels = (blue, red)
        self.calls.append(("emit", blue, red))

    def shutter(self, is_open: bool, t: float) -> None:
        self.calls.append(("shutter", float(is_open), t))

    def monitor(self, t: float) -> tuple[float, float]:
        return self.levels


def simulator(seed: int = 1) -> tuple[TwoSources, Talk]:
    sources = TwoSources()
    return sources, Talk(EMULATOR(sources, serial="SIM-5", rng=stream(seed, "sol2")))


def monitors(talk: Talk) -> tuple[float, float]:
    blue, red = talk.llp("MON?").removeprefix("= ").split()
    return float(blue), float(red)


def test_lamp_shutter_and_mix() -> None:
    sources, talk = simulator()
    assert talk.llp("ID?") == "= labctl LLP-SOL2 SIM-5 1.0"
    assert talk.llp("MIX?") == "= 500.00 500.00" and talk.llp("MON?") == "= 0.00 0.00"
    assert talk.llp("SHUT 1") == "!5 STATE"
    assert talk.llp("LAMP 1") == "OK" and talk.llp("WARM?") == "= 900"
    before = talk.t
    assert talk.llp("SHUT 1") == "OK" and talk.t == pytest.approx(before + 0.25)
    assert talk.llp("MIX 320.5 612.25") == "OK" and talk.llp("MIX?") == "= 320.50 612.25"
    assert [call[:2] for call in sources.calls] == [
        ("emit", 500.0), ("shutter", 1.0), ("emit", 320.5)
    ]  # fmt: skip
    assert talk.llp("LAMP 0") == "OK" and talk.llp("SHUT?") == "= 0"
    assert sources.calls[-2] == ("emit", 0.0, 0.0)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("MIX 49 500", "!4 RANGE"),
        ("MIX 500 801", "!4 RANGE"),
        ("MIX 500", "!3 ARGUMENT"),
        ("MIX 500 x", "!3 ARGUMENT"),
        ("LEVEL 500", "!2 UNKNOWN"),
    ],
)
def test_what_is_refused_changes_nothing(command: str, answer: str) -> None:
    sources, talk = simulator()
    talk.llp("LAMP 1")
    assert talk.llp(command) == answer and talk.llp("MIX?") == "= 500.00 500.00"
    assert len(sources.calls) == 1


def test_each_monitor_is_true_within_5_percent_of_its_reading() -> None:
    shown: list[tuple[float, float]] = []
    for seed in range(40):
        _, talk = simulator(seed)
        talk.llp("MIX 100 800")
        talk.llp("LAMP 1")
        shown.append(monitors(talk))
    blue, red = zip(*shown, strict=True)
    assert all(abs(value - 100.0) <= 5.5 for value in blue) and max(blue) - min(blue) > 4.0
    assert all(abs(value - 800.0) <= 40.5 for value in red) and max(red) - min(red) > 40.0


def test_the_watchdog_makes_it_dark() -> None:
    sources, talk = simulator()
    talk.llp("LAMP 1")
    talk.llp("SHUT 1")
    talk.llp("DOG 5")
    talk.run(talk.t + 10.0)
    assert sources.calls[-2:-1] == [("emit", 0.0, 0.0)] and sources.calls[-1][:2] == (
        "shutter", 0.0
    )  # fmt: skip
    assert talk.llp("DOG?") == "= 0 1" and talk.llp("LAMP?") == "= 0"


def test_random_bytes_never_break_it() -> None:
    _, talk = simulator()
    lines = [checked(text) for text in ("LAMP 1", "MIX 100 200", "MON?", "SHUT 1", "STOP", "X")]
    t = hammer(talk.emulator, lines, 300, stream(1, "hammer"))
    settle(talk.emulator, t + 10.0)
    talk.emulator.clear(t + 10.0)
    talk.t = t + 10.0
    assert talk.llp("STOP") == "OK" and talk.llp("LAMP?") == "= 0"
