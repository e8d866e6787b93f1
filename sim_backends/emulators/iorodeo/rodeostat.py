"""IO Rodeo Rodeostat potentiostat: JSON lines over a USB serial port.

Written from the maker's public firmware FW0.1.0 (github.com/iorodeo/potentiostat, MIT licence;
hardware v0.2, 10 V, microampere, ItsyBitsy) and its documentation (json.rst, with printed
exchanges). It has no serial number that can be read; `getDeviceId` tells a number that the user
may set. Electrodes are open until a test runs (`autoConnect`) or they are switched. As in the
firmware a `stopTest` ends the stream with `{}` also where no test was running.

What the real instrument does and this one does not: the multiplexer (refused, as by every board
with an ItsyBitsy), the digital pins, the reset when the port is opened, the limit of the counter
electrode's voltage. A line longer than the 2000 characters of the buffer blocks the firmware until
it is replugged; so it does here, until the line is broken.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.iorodeo import parameters, specs
from sim_backends.emulators.iorodeo.analog import ELECTRODES, Analog
from sim_backends.emulators.iorodeo.arduino_json import (
    is_whole,
    parsed,
    single,
    unsigned,
    written,
)
from sim_backends.emulators.iorodeo.board import Board, Handler, Message, tell
from sim_backends.emulators.iorodeo.running import Run
from sim_backends.emulators.iorodeo.waveforms import Test, every_test
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.reference.electrochemical_port import ElectrochemicalPort

LATENCY = 2e-3
"""Seconds to an answer; not in the documentation."""

NO_MULTIPLEXER = "multiplexer hardware not supported"
MULTIPLEXER = (
    "setMuxEnabled", "setEnabledMuxChannels", "getEnabledMuxChannels", "setMuxRefElectConnected",
    "getMuxRefElectConnected", "setMuxCtrElectConnected", "getMuxCtrElectConnected",
    "setMuxWrkElectConnected", "getMuxWrkElectConnected", "disconnectAllMuxElect",
)  # fmt: skip


class Rodeostat:
    """One board with the cell at `port`; fits `Emulator`."""

    def __init__(self, port: ElectrochemicalPort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.analog = Analog(port, rng)
        self.board = Board(self.analog, serial)
        self.tests = every_test()
        self._period = specs.DEFAULT_PERIOD
        self._run: Run | None = None
        self._ended = False
        self._line = bytearray()
        self._outbox = Outbox()
        self._commands = self._table()

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; LF ends a message."""
        self._advance(t)
        for byte in data:
            if len(self._line) < specs.BUFFER:
                self._line.append(byte)
                if byte == 0x0A:
                    text = self._line.decode("latin-1")
                    self._line.clear()
                    self._message(text, t)

    def due(self) -> float | None:
        """When the next line leaves, or a running test has something to do."""
        answer = self._outbox.due()
        if self._run is None:
            return answer
        return self._run.due if answer is None else min(answer, self._run.due)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer or a sample is on its way."""
        return len(self._outbox) > 0 or self._run is not None

    def clear(self, t: float) -> None:
        """A broken line: half a message and waiting lines are lost; a test runs on."""
        self._advance(t)
        self._line.clear()
        self._outbox.clear()

    # Messages

    def _message(self, text: str, t: float) -> None:
        message = parsed(text)
        answer: Message = {}
        if message is None:
            complaint = "unable to parse json"
        elif "command" not in message:
            complaint = "CommandTable: command not found"
        else:
            complaint = self._execute(message, answer, t)
        reply: Message = {"success": not complaint}
        if complaint:
            reply["message"] = complaint
        self._say({**reply, "response": answer}, t)
        if self._ended:
            self._ended = False
            self._say({}, t)

    def _execute(self, message: Message, answer: Message, t: float) -> str:
        command = message["command"]
        name = command.strip() if isinstance(command, str) else ""
        if name in MULTIPLEXER:
            answer["command"] = command
            return NO_MULTIPLEXER
        handler = self._commands.get(name)
        if handler is None:
            return f"command, {name}, not found"
        answer["command"] = command
        return handler(message, answer, t)

    def _say(self, content: Message, t: float) -> None:
        self._outbox.put(written(content).encode("utf-8") + b"\r\n", t + LATENCY)

    # Commands

    def _table(self) -> dict[str, Handler]:
        return self.board.table() | {
            "runTest": self._run_test, "stopTest": self._stop_test,
            "setParam": self._set_param, "getParam": self._get_param,
            "setSamplePeriod": self._set_sample_period,
            "getSamplePeriod": tell("samplePeriod", lambda t: self._period // 1000),
            "getTestDoneTime": self._done_time,
            "getTestNames": tell("testNames", lambda t: list(self.tests)),
            "getMuxTestNames": tell("testNames", self._multiplexed),
        }  # fmt: skip

    # Tests

    def _set_sample_period(self, message: Message, answer: Message, t: float) -> str:
        if "samplePeriod" not in message:
            return "json does not contain key: samplePeriod"
        if not is_whole(message["samplePeriod"]):
            return "json samplePeriod value is not uin32_t"
        period = unsigned(unsigned(message["samplePeriod"]) * 1000)
        if period > specs.LONGEST_PERIOD:
            return "json samplePeriod value is too large"
        if period < specs.SHORTEST_PERIOD:
            return "json samplePeriod value is too small"
        self._period = period
        for test in self.tests.values():
            test.period = period
        answer["samplePeriod"] = period // 1000
        return ""

    def _multiplexed(self, t: float) -> list[str]:
        return [name for name in self.tests if name not in ("squareWave", "differentialPulse")]

    def _chosen(self, message: Message, answer: Message) -> Test | None:
        name = message["test"]
        answer["test"] = name
        return self.tests.get(name) if isinstance(name, str) else None

    def _get_param(self, message: Message, answer: Message, t: float) -> str:
        if "test" not in message:
            return "json does not contain key: test"
        test = self._chosen(message, answer)
        if test is None:
            return "test not found"
        answer["param"] = parameters.told(test)
        return ""

    def _set_param(self, message: Message, answer: Message, t: float) -> str:
        if "test" not in message:
            return "test key not found"
        test = self._chosen(message, answer)
        return "test not found" if test is None else parameters.take(test, message, answer)

    def _done_time(self, message: Message, answer: Message, t: float) -> str:
        if "test" not in message:
            return "test key not found"
        test = self._chosen(message, answer)
        if test is None:
            return "test not found"
        answer["testDoneTime"] = unsigned(test.done // 1000)
        return ""

    def _run_test(self, message: Message, answer: Message, t: float) -> str:
        if "test" not in message:
            return "json does not contain key: test"
        test = self._chosen(message, answer)
        if test is None:
            return "test not found"
        self.analog.choose_ranges(*test.span())
        self.analog.set_volt(test.at(0), t)
        if self.board.auto_connect:
            self.analog.connect(ELECTRODES, True, t)
        self._run = Run(test, self.analog, t, self._period)
        return ""

    def _stop_test(self, message: Message, answer: Message, t: float) -> str:
        self._end(t)
        return ""

    def _end(self, t: float) -> None:
        self._run = None
        self._ended = True
        if self.board.auto_connect:
            self.analog.connect(ELECTRODES, False, t)

    def _advance(self, t: float) -> None:
        while self._run is not None and self._run.due <= t:
            now = self._run.due
            sample = self._run.step()
            if sample is not None:
                line: Message = {
                    "t": unsigned(sample.t // 1000), "v": single(sample.volt),
                    "i": single(sample.current),
                }  # fmt: skip
                self._say({**line, "le": True} if sample.limit else line, now)
            if self._run.over:
                self._end(now)
                self._ended = False
                self._say({}, now)


EMULATOR = Rodeostat
