"""Tektronix MSO54 oscilloscope (5 Series MSO, 1 GHz), at the wire.

Written from what the programmer manual of the 4/5/6 Series is quoted with in other parties' work:
the mapping of commands in epicsdev_tektronix (docs/SCPI_COMMANDS.md: record length, sample rate,
termination, trigger, `DATa`, `WFMOutpre`, `CURVe?`), pymeasure's classes for this series
(`CH<x>:BANdwidth`, `:OFFSet`, `DISplay:GLObal:CH<x>:STATE`, `TRIGger:A:LEVel:CH<x>`), Tektronix'
tm_devices (headers are on until `HEADER OFF`). The manual itself was not to be had. Remembered:
`*ESR?` makes events readable for `ALLEv?`, their numbers are those of SCPI without sign; a number
that is out of range becomes the nearest one without an error; 6400 codes a division of 16 bits;
`XZEro` is the time of the first point. Not modelled: free runs without a trigger (mode AUTO waits
as NORMAL does), averages and other acquisition modes, other triggers, digital channels, maths.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.emulators.tektronix import mso54_front as front
from sim_backends.emulators.tektronix.mso54_commands import build_table
from sim_backends.models.signal import SignalPort

RUN, STOP = 1, 0


class MSO54(ScpiInstrument):
    """One MSO54 with four inputs at `port`."""

    TABLE = build_table()
    LATENCY = 5e-3

    def __init__(
        self, port: tuple[SignalPort, ...], *, serial: str, rng: np.random.Generator
    ) -> None:
        super().__init__(("TEKTRONIX", "MSO54", serial, "CF:91.1CT FV:1.44.3.433"))
        self.front = front.FrontEnd(port, rng)
        self.restore()

    def restore(self) -> None:
        """Settings as delivered."""
        self.setup = front.Setup()
        self.taken: tuple[front.Setup, float] | None = None
        self.state, self.count, self.records = STOP, 0, 0
        self.armed = self.t
        self.events = list[str]()
        self.words: dict[str, str] = {
            "header": "1", "verbose": "1", "after": "RUNSTOP", "mode": "AUTO", "delay": "1",
            "source": "CH1", "encoding": "RIBINARY", "start": "1", "stop": "1000", "width": "1",
            "type": "EDGE", "trigger": "AUTO", "acquire": "SAMPLE",
        }  # fmt: skip

    def reset(self) -> None:
        """`*RST`: settings as delivered."""
        super().reset()
        self.restore()

    # Records

    def look(self) -> None:
        """Take the record that is complete by now."""
        if self.state == STOP:
            return
        found = self.front.crossing(self.setup, self.armed + self.setup.before)
        while found is not None and found + self.setup.after <= self.t:
            self.taken = (self.setup, found)
            self.count, self.records = self.count + 1, self.records + 1
            self.armed = found + self.setup.after
            if self.words["after"].startswith("SEQ"):
                self.state = STOP
                return
            found = self.front.crossing(self.setup, self.armed + self.setup.before)

    def change(self, **settings: Any) -> None:
        """Go on with other settings; what runs begins anew."""
        self.look()
        self.setup = replace(self.setup, **settings)
        self.armed = self.t

    def change_input(self, number: int, **settings: Any) -> None:
        """The same for one input."""
        inputs = list(self.setup.inputs)
        inputs[number - 1] = replace(inputs[number - 1], **settings)
        self.change(inputs=tuple(inputs))

    def run(self, on: bool) -> None:
        """Begin to acquire, what was recorded before is gone; or stop."""
        self.look()
        self.state = RUN if on else STOP
        if on:
            self.armed, self.count, self.taken = self.t, 0, None

    def curve(self) -> str:
        """The record's bytes behind the head of a block."""
        self.look()
        setup, t0, number = self.record()
        codes = self.front.codes(setup, number, t0, self.records)
        first, last = int(self.words["start"]) - 1, min(int(self.words["stop"]), setup.points)
        chosen = codes[first:last]
        wide = self.words["width"] == "2"
        data = (chosen.astype(">i2") if wide else (chosen // 256).astype(np.int8)).tobytes()
        size = str(len(data))
        return f"#{len(size)}{size}" + data.decode("latin-1")

    def record(self) -> tuple[front.Setup, float, int]:
        """Settings and trigger of the record, and the input that is asked for."""
        number = int(self.words["source"][2:])
        if self.taken is None or not self.taken[0].inputs[number - 1].on:
            raise ScpiError(-230, "no waveform")
        return (*self.taken, number)


EMULATOR = MSO54
