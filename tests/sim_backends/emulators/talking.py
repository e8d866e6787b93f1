"""Ideal ports, and talking to an emulator as a line would, without an event loop."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.llp.line import crc8


class Resistor:
    """An ideal resistor in series with an ideal voltage source (ElectricalPort)."""

    def __init__(self, ohms: float = 1000.0, volts: float = 0.0) -> None:
        self.ohms, self.volts = ohms, volts
        self.calls: list[tuple[str, float, float]] = []

    def current(self, voltage: float, t: float) -> float:
        self.calls.append(("V", voltage, t))
        return (voltage - self.volts) / self.ohms

    def voltage(self, current: float, t: float) -> float:
        self.calls.append(("A", current, t))
        return self.volts + current * self.ohms

    def disconnect(self, t: float) -> None:
        self.calls.append(("open", 0.0, t))


class Plate:
    """A first-order body with `full` K for full power and `seconds` (ThermalPort)."""

    def __init__(self, start: float = 23.0, *, full: float = 60.0, seconds: float = 200.0) -> None:
        self.full, self.seconds = full, seconds
        self.ambient = start
        self.value = start
        self.power = 0.0
        self.broken = False
        self.steps = 0
        self._t = 0.0

    def temperature(self, t: float) -> float:
        self._go(t)
        return math.nan if self.broken else self.value

    def heat(self, power: float, t: float) -> None:
        self._go(t)
        self.power = power
        self.steps += 1

    def _go(self, t: float) -> None:
        rest = self.ambient + self.full * self.power
        self.value = rest + (self.value - rest) * math.exp(-(t - self._t) / self.seconds)
        self._t = t


class Optics:
    """Remembers what a lamp does (OpticalPort)."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, float, float]] = []

    def emit(self, irradiance: float, t: float) -> None:
        self.calls.append(("emit", irradiance, t))

    def shutter(self, is_open: bool, t: float) -> None:
        self.calls.append(("shutter", float(is_open), t))

    def monitor(self, t: float) -> float:
        return 1000.0


class Clamp:
    """Counts bends (BendingPort)."""

    def __init__(self) -> None:
        self.bends = 0.0
        self.radii: set[float] = set()

    def bend(self, radius: float, cycles: float, t: float) -> None:
        self.bends += cycles
        self.radii.add(radius)


class Talk:
    """A host: sends bytes at the emulator's time and lets it work until `until`."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.t = 0.0

    def send(self, data: bytes) -> None:
        self.emulator.receive(data, self.t)

    def run(self, until: float) -> bytes:
        """All that leaves until `until`, event by event."""
        out = b""
        while (due := self.emulator.due()) is not None and due <= until:
            self.t = due
            out += self.emulator.send(due)
        self.t = max(self.t, until)
        return out

    def answer(self, data: bytes, patience: float = 60.0) -> bytes:
        """The answer to `data`; empty when none comes in `patience` seconds."""
        self.send(data)
        end, out = self.t + patience, b""
        while not out and (due := self.emulator.due()) is not None and due <= end:
            self.t = due
            out = self.emulator.send(due)
        return out

    def ask(self, command: str, patience: float = 60.0) -> str:
        """Answer to an SCPI message, without its terminator."""
        return self.answer(command.encode("ascii") + b"\n", patience).decode("ascii").rstrip("\n")

    def say(self, *commands: str) -> None:
        """SCPI commands without answer."""
        for command in commands:
            self.send(command.encode("ascii") + b"\n")

    def llp(self, command: str) -> str:
        """Answer to an LLP1 command, its check verified and taken off."""
        answer = self.answer(sealed(command))
        text, mark, check = answer[:-5], answer[-5:-4], answer[-4:-2]
        assert answer.endswith(b"\r\n") and mark == b"*" and check == b"%02X" % crc8(text)
        return text.decode("ascii")


def sealed(command: str) -> bytes:
    """An LLP1 command with check and LF."""
    data = command.encode("ascii")
    return data + b"*%02X\n" % crc8(data)


def pieces(data: bytes, cuts: Iterable[int]) -> list[bytes]:
    """`data` cut at the positions `cuts`."""
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]
