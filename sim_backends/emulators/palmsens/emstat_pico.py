"""PalmSens EmStat Pico potentiostat at the wire: line protocol and MethodSCRIPT.

Written from the EmStat Pico communication protocol (V1.2, V1.6), the MethodSCRIPT manual (v1.2 to
v1.8) and the maker's open examples. Modelled: commands t, i, v, e, l, r, L/F (flash), h, H, Z, Y;
scripts parsed before they run, with line and column of an error; LSV, CV, CA, DPV, SWV, EIS, OCP;
autoranging, overload and underload; potential windows of the modes; a cell that stays on after a
run-time error. Not modelled: NPV, ACV, PAD, multiplexers, bipotentiostat, fast techniques, files,
GPIO, IR compensation, optional arguments but `nscans`, registers, baud rate and XON/XOFF, the
bandwidth filter, CRC mode, noise metadata (`,4x`). CP is refused as by the real unit, which is no
galvanostat. Assumed: the column of an error is that of the argument in question; the version that
`v` answers; the numbers after `M` of OCP and EIS; the time that an impedance point takes.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from sim_backends.emulators.outbox import Outbox
from sim_backends.emulators.palmsens import errors
from sim_backends.emulators.palmsens.errors import ScriptError
from sim_backends.emulators.palmsens.potentiostat import Potentiostat
from sim_backends.emulators.palmsens.runtime import Run, Runtime
from sim_backends.emulators.palmsens.script import Program, parse
from sim_backends.models.reference.electrochemical_port import ElectrochemicalPort

LATENCY = 1e-3
"""Seconds to the answer of a command."""

LONGEST_LINE = 128
FIRMWARE = "espico1304#May 21 2021 13:12:15\nR*"
SCRIPT_VERSION = "0003"


class EmStatPico:
    """One EmStat Pico with the cell at `port`; fits `Emulator`."""

    def __init__(self, port: ElectrochemicalPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.stat = Potentiostat(port, rng)
        self.t = 0.0
        self._line = bytearray()
        self._too_long = False
        self._collecting: tuple[str, list[str]] | None = None
        self._loaded: Program | None = None
        self._flash: Program | None = None
        self._runtime: Runtime | None = None
        self._run: Run | None = None
        self._resume = 0.0
        self._held: float | None = None
        self._outbox = Outbox()
        self._waiting: deque[str] = deque()

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; LF ends a line, CR is ignored."""
        self._advance(t)
        for byte in data:
            if byte == 0x0A:
                self._end_line()
            elif byte != 0x0D:
                if len(self._line) < LONGEST_LINE:
                    self._line.append(byte)
                else:
                    self._too_long = True

    def due(self) -> float | None:
        """When the next line leaves or the script goes on."""
        answer = self._outbox.due()
        if self._run is None or self._held is not None:
            return answer
        return self._resume if answer is None else min(answer, self._resume)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """A broken line: half a line and unsent output are lost; a script runs on."""
        self._advance(t)
        self._line.clear()
        self._too_long, self._collecting = False, None
        self._outbox.clear()

    # Lines

    def _end_line(self) -> None:
        text = bytes(self._line).decode("latin-1")
        too_long = self._too_long
        self._line.clear()
        self._too_long = False
        if self._collecting is not None:
            self._collect(text)
        elif too_long:
            self._answer(f"{text[0]}!{errors.LINE_TOO_LONG:04X}")
        elif text.strip():
            self._command(text.strip())

    def _collect(self, text: str) -> None:
        assert self._collecting is not None
        kind, lines = self._collecting
        if text.strip():
            lines.append(text)
            return
        self._collecting = None
        try:
            self._loaded = parse(lines)
        except ScriptError as error:
            self._answer(kind + error.text)
            return
        self._answer(kind)
        if kind == "e":
            self._start()

    def _command(self, text: str) -> None:
        letter = text[0]
        if self._run is not None:
            self._while_running(text)
        elif text in {"e", "l"}:
            self._collecting = (text, [])
        elif text == "r":
            self._run_loaded()
        elif text in {"Lmscr", "Fmscr"}:
            self._use_flash(letter)
        elif text in {"t", "i", "v"}:
            self._answer(self._told(letter))
        elif text in {"Z", "Y", "h", "H"}:
            self._answer(f"{letter}!{errors.WRONG_MODE:04X}")
        elif letter in "GS":
            self._answer(f"{letter}!{errors.UNKNOWN_REGISTER:04X}")
        else:
            self._answer(f"{letter}!{errors.UNKNOWN_COMMAND:04X}")

    def _told(self, letter: str) -> str:
        return letter + {"t": FIRMWARE, "i": self.serial, "v": SCRIPT_VERSION}[letter]

    def _use_flash(self, letter: str) -> None:
        source = self._flash if letter == "L" else self._loaded
        if source is None:
            self._answer(f"{letter}!{errors.NO_SCRIPT:04X}")
            return
        if letter == "L":
            self._loaded = source
        else:
            self._flash = source
        self._answer(letter)

    def _run_loaded(self) -> None:
        if self._loaded is None:
            self._answer(f"r!{errors.NO_SCRIPT:04X}")
            return
        self._answer("r")
        self._start()

    def _while_running(self, text: str) -> None:
        assert self._runtime is not None
        if text == "Z":
            self._answer("Z")
            self._runtime.aborted = True
            self._wake()
        elif text == "Y" and self._runtime.measuring:
            self._answer("Y")
            self._runtime.skip_loop = True
            self._wake()
        elif text == "h":
            self._answer("h")
            self._held = self._held or max(self._resume - self.t, 0.0)
        elif text == "H" and self._held is not None:
            self._answer("H")
            self._resume, self._held = self.t + self._held, None
        else:
            self._answer(f"{text[0]}!{errors.WRONG_MODE:04X}")

    def _wake(self) -> None:
        """An abort does not wait for the end of a step."""
        self._held = None
        self._resume = self.t
        self._advance(self.t)

    # Running

    def _start(self) -> None:
        assert self._loaded is not None
        self.stat.reset()
        self._runtime = Runtime(self._loaded, self.stat, lambda: self.t)
        self._run = self._runtime.run()
        self._resume, self._held = self.t, None
        self._advance(self.t)

    def _advance(self, t: float) -> None:
        while self._run is not None and self._held is None and self._resume <= t:
            self.t = max(self.t, self._resume)
            self._step()
        self.t = max(self.t, t)

    def _step(self) -> None:
        assert self._run is not None
        try:
            outcome = next(self._run)
        except StopIteration:
            self._run = self._runtime = None
        except ScriptError as error:
            self._run = self._runtime = None
            self._answer(error.text)
        else:
            if isinstance(outcome, str):
                self._answer(outcome)
            else:
                self._resume = max(outcome, self.t)

    def _answer(self, text: str) -> None:
        self._outbox.put(text.encode("latin-1") + b"\n", self.t + LATENCY)


EMULATOR = EmStatPico
