"""IPG Photonics YAR fibre amplifier on its serial port, at the wire.

Written from what pymeasure's YAR class and its tests ("values according to the manual") send and
take: words of three or four letters in any case, CR; answers repeat the word, `: ` and the value;
`ERR: Out of Range`; `ROP: Off` and `ROP: Low`; status bits (0 emission, 1 start-up of 3 s, 16 to 20
faults). Assumed: a model of 500 W (`YAR-500-LP-SF`; those of the class that are described have up
to 200 W), the text of other refusals, what diode current and case temperature are. Not modelled:
seed temperature, errors that latch, external control.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from sim_backends.emulators.text_lines import TextLines

MODEL, FIRMWARE = "YAR-500-LP-SF", "1.0.114"
LEAST, MOST, DISPLAYED = 5.0, 500.0, 2.0
"""W that can be set and is displayed."""

STARTUP = 3.0
"""Seconds between EMON and emission."""


class PumpPort(Protocol):
    """The output fibre of a pump laser. Times are run time in s."""

    def emit(self, power: float, t: float) -> None:
        """From `t` on the amplifier is set to `power` in W (0: off)."""
        ...

    def emitted(self, t: float) -> float:
        """True power in W at `t`, as the monitor behind a tap meets it."""
        ...


class Yar:
    """One amplifier with its fibre at `port`."""

    def __init__(self, port: PumpPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self._port = port
        self._lines = _Lines(self)
        self._monitor = 1.0 + 0.03 * float(rng.uniform(-1.0, 1.0))
        self._wanted = LEAST
        self._on_at: float | None = None
        self._emits = False

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self._start(t)
        self._lines.receive(data, t)

    def due(self) -> float | None:
        """When the next answer leaves, or emission begins."""
        times = [self._lines.due(), None if self._emits else self._on_at]
        return min((one for one in times if one is not None), default=None)

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`."""
        self._start(t)
        return self._lines.send(t)

    def clear(self, t: float) -> None:
        """A broken line: emission goes on."""
        self._lines.clear(t)

    # Commands

    def execute(self, word: str, parameter: str, t: float) -> str:
        """The value that `word` is answered with, "" for its word alone; `ValueError`: refused."""
        queries = {
            "RMN": MODEL, "RFV": FIRMWARE, "RNP": f"{LEAST:.3f}", "RMP": f"{MOST:.1f}",
            "RDPT": f"{DISPLAYED:.3f}", "RPS": f"{self._wanted:.2f}",
        }  # fmt: skip
        if word in queries:
            return queries[word]
        if word == "SPS":
            return self._set(float(parameter), t)
        known = {
            "STA": self._status, "ROP": self._power, "RDC": self._amperes, "RCT": self._case,
            "EMON": self._on, "EMOFF": self._off, "RERR": lambda _: "",
        }  # fmt: skip
        if word not in known:
            raise ValueError("Command not found")
        return known[word](t)

    def _set(self, power: float, t: float) -> str:
        if power != 0.0 and not LEAST <= power <= MOST:
            raise ValueError("Out of Range")
        self._wanted = power
        if self._emits:
            self._port.emit(power, t)
        return f"{power:g}"

    def _status(self, t: float) -> str:
        return str(1 if self._emits else 2 if self._on_at is not None else 0)

    def _power(self, t: float) -> str:
        shown = self._port.emitted(t) * self._monitor
        if not self._emits:
            return "Off"
        return "Low" if shown < DISPLAYED else f"{shown:.1f}"

    def _amperes(self, t: float) -> str:
        return f"{0.6 + 0.02 * self._wanted if self._emits else 0.0:.2f}"

    def _case(self, t: float) -> str:
        return "28.9"

    def _on(self, t: float) -> str:
        if self._on_at is None:
            self._on_at = t + STARTUP
        return ""

    def _off(self, t: float) -> str:
        self._on_at, self._emits = None, False
        self._port.emit(0.0, t)
        return ""

    def _start(self, t: float) -> None:
        if self._on_at is not None and not self._emits and t >= self._on_at:
            self._emits = True
            self._port.emit(self._wanted, t)


class _Lines(TextLines):
    def __init__(self, laser: Yar) -> None:
        super().__init__()
        self._laser = laser

    def answer(self, line: str, t: float) -> str:
        """The word repeated with its value, or the reason of a refusal."""
        word, _, parameter = line.upper().partition(" ")
        if not word:
            return ""
        try:
            value = self._laser.execute(word, parameter.strip(), t)
        except ValueError as refused:
            return f"ERR: {refused}\r"
        return f"{word}: {value}\r" if value else f"{word}\r"


EMULATOR = Yar
