"""Neware battery test system behind the TCP interface of BTS 8.0 (port 502, XML).

Written from the public client aurora-neware 0.2 (EmpaEconversion, MIT) and the answers of a real
BTS 8.0 machine in its tests; no manual of the interface is public. Commands: connect, getdevinfo,
getchlstatus, inquire, inquiredf, start, stop, download, downloadlog, downloadStepLayer, clearflag,
light. Start names a step file that the server reads from its own disk.

As the real one it answers `donwload_resp` (sic), and calls every sub-device 1 in the answer of
getchlstatus. Assumed, since no answer shows it: a command that is not known has the result
`false`, a channel that is not there is `false` too, and gives no data; no log-in is asked for
before other commands; what is no XML stays without answer; points outside the log are left out of a
download. Left out: the other commands of the interface (broadcaststop, continue, goto, chl_ctrl,
parallel, reset), auxiliary channels, backups of data, constant power, pulse and scan steps.

Channels are numbered from 1, one for each cell. The machine has no serial number that can be read.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from sim_backends.emulators.neware import answers
from sim_backends.emulators.neware.answers import Address
from sim_backends.emulators.neware.channel import CyclerChannel, Work
from sim_backends.emulators.neware.messages import TERMINATOR, Framer, document, parse
from sim_backends.emulators.neware.step_file import Program, Unusable, read_program
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.battery_cell import CellPort

LATENCY = 0.02
"""Seconds from a command to its answer; assumed."""

LONGEST_FILE = 1 << 20
"""Bytes of a step file."""


class Bts:
    """One machine with a channel for each cell in `port`."""

    def __init__(self, port: Sequence[CellPort], *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.channels = [CyclerChannel(cell, rng) for cell in port]
        self.tests = 0
        self._framer = Framer()
        self._outbox = Outbox()
        self._t = 0.0
        self._opened = False
        self._commands: dict[str, Callable[[ET.Element], list[str]]] = {
            "connect": lambda _: ["  <result>ok</result>"],
            "getdevinfo": lambda _: answers.devices(self.channels),
            "getchlstatus": self._each("status", answers.status),
            "inquire": self._each("inquire", answers.inquiry),
            "inquiredf": self._each("chl", answers.summary),
            "start": self._each("start", self._start),
            "stop": self._each("stop", self._stop),
            "clearflag": self._each("clearflag", self._clear_flag),
            "light": self._each("light", self._light),
            "download": self._one("download", answers.points),
            "downloadlog": self._one("download", answers.events),
            "downloadStepLayer": self._one("downloadStepLayer", answers.steps),
        }

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream."""
        self._advance(t)
        for text in self._framer.feed(data):
            answer = self._execute(text)
            if answer:
                self._outbox.put(answer, t + LATENCY)

    def due(self) -> float | None:
        """When the next answer leaves or a channel has something to do."""
        times = [self._outbox.due(), *(channel.due() for channel in self.channels)]
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    @property
    def message_end(self) -> bytes:
        """What ends a command: a server parses each connection's commands by themselves."""
        return TERMINATOR

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way: cycling is none."""
        return len(self._outbox) > 0

    def clear(self, t: float) -> None:
        """Half a message and waiting answers are lost; the channels work on."""
        self._framer.clear()
        self._outbox.clear()

    def power_on(self, t: float) -> None:
        """Power comes back: what was in work has stopped; the logs are kept."""
        self.clear(t)
        for channel in self.channels:
            channel.stop(t)

    # Commands

    def _advance(self, t: float) -> None:
        self._t = max(self._t, t)
        for channel in self.channels:
            if not self._opened:
                channel.regulator.open(self._t)
            channel.act(self._t)
        self._opened = True

    def _execute(self, text: str) -> bytes:
        root = parse(text)
        name = None if root is None or root.tag != "bts" else root.findtext("cmd")
        if root is None or not name:
            return b""
        command = self._commands.get(name)
        if command is None:
            return document(name, ["  <result>false</result>"])
        return document(answers.MISSPELT.get(name, name), command(root))

    def _each(
        self, name: str, tell: Callable[[CyclerChannel | None, Address, ET.Element, float], str]
    ) -> Callable[[ET.Element], list[str]]:
        def answer(root: ET.Element) -> list[str]:
            return answers.for_each(
                root, name, lambda at, asked: tell(self._channel(at), at, asked, self._t)
            )

        return answer

    def _one(
        self, name: str, tell: Callable[[CyclerChannel | None, Address, ET.Element], list[str]]
    ) -> Callable[[ET.Element], list[str]]:
        def answer(root: ET.Element) -> list[str]:
            asked = root.find(name)
            if asked is None:
                return ["  <result>false</result>"]
            at = Address.of(asked)
            return tell(self._channel(at), at, asked)

        return answer

    def _channel(self, at: Address) -> CyclerChannel | None:
        known = at.device == answers.DEVICE and at.sub == answers.SUB_DEVICE
        return self.channels[at.channel - 1] if known and self._has(at.channel) else None

    def _has(self, number: int) -> bool:
        return 1 <= number <= len(self.channels)

    def _start(
        self, channel: CyclerChannel | None, at: Address, asked: ET.Element, t: float
    ) -> str:
        program = _program(asked.text or "")
        done = channel is not None and program is not None
        if channel is not None and program is not None:
            done = channel.start(program, asked.get("barcode", ""), self.tests + 1, t)
            self.tests += done
        return answers.verdict("start", at, done)

    def _stop(self, channel: CyclerChannel | None, at: Address, _: ET.Element, t: float) -> str:
        return answers.verdict("stop", at, channel is not None and channel.stop(t))

    def _clear_flag(
        self, channel: CyclerChannel | None, at: Address, _: ET.Element, t: float
    ) -> str:
        return answers.verdict("clearflag", at, channel is not None and channel.clear_flag())

    def _light(
        self, channel: CyclerChannel | None, at: Address, asked: ET.Element, t: float
    ) -> str:
        if channel is not None:
            channel.light = (asked.text or "").strip() == "true"
        return answers.verdict("light", at, channel is not None)

    @property
    def works(self) -> bool:
        """Whether a channel works on a test."""
        return any(channel.work is Work.WORKING for channel in self.channels)


def _program(path: str) -> Program | None:
    """The step file at `path` on this machine's disk; None where there is none that can be run."""
    try:
        file = Path(path.strip())
        if not file.is_file() or file.stat().st_size > LONGEST_FILE:
            return None
        return read_program(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, Unusable):
        return None


EMULATOR = Bts
