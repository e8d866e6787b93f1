"""Bronkhorst EL-FLOW Select mass flow controller on its RS232 port, ProPar, 38400 baud 8N1.

Written from "RS232 interface" (9.17.027, pages 12 to 26: both framings, commands, status codes,
chained requests, printed examples), parameter pages of EL-FLOW Prestige (9.17.084), EL-FLOW Base
(9.17.061) and ES-FLOW (9.17.116, 9.17.145), and the maker's open library bronkhorst-propar 1.3.0
for numbers and types. It listens to its own node (3) and to 128, and answers under the one asked.

What the real instrument does and this one does not: process claiming, start and stop of processes
(answered by status 2), the FLOW-BUS net behind it (next node 0, assumed), changing the node
address, gases, capacity or unit, alarms, batch counter, calibration modes, the analogue port (its
set point is zero), several channels; the LED winks unseen. A parameter locked by init reset answers
status 13 (remembered). The set point slope is the time from 0 to 100 % (remembered).
"""

from __future__ import annotations

import struct
from collections import deque

import numpy as np

from sim_backends.emulators.bronkhorst import messages
from sim_backends.emulators.bronkhorst.controller import Controller
from sim_backends.emulators.bronkhorst.frames import (
    REJECTED,
    Frame,
    Framer,
    encode,
    encode_error,
)
from sim_backends.emulators.bronkhorst.memory import Memory, Value
from sim_backends.emulators.bronkhorst.messages import Refused, Sent, Status, Wanted
from sim_backends.emulators.bronkhorst.parameters import FLOAT, PROCESSES, TABLE, Parameter
from sim_backends.emulators.outbox import Outbox
from sim_backends.models.gas_line import LinePort

NODE, LOCAL = 3, 0x80
BYTE_TIME = 10 / 38400
LATENCY = 4e-3
"""Seconds from the end of a message until it is executed and answered; not in the manual."""


class Propar:
    """One controller in the line at `port`; fits `Emulator`."""

    def __init__(self, port: LinePort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.controller = Controller(port, rng)
        self.memory = Memory(self.controller, serial, NODE)
        self._framer = Framer()
        self._waiting: deque[tuple[float, Frame]] = deque()
        self._outbox = Outbox()

    # Emulator

    def receive(self, data: bytes, t: float) -> None:
        """Take any piece of the byte stream; a message is executed a little later."""
        self._advance(t)
        self._waiting.extend((t + LATENCY, frame) for frame in self._framer.feed(data))

    def due(self) -> float | None:
        """When a message is executed, an answer has left, or a changing flow is looked at."""
        waiting = self._waiting[0][0] if self._waiting else None
        times = (waiting, self._outbox.due(), self.controller.next_step())
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """Do all that is due until `t`; the bytes that have left by then."""
        self._advance(t)
        return self._outbox.take(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way."""
        return bool(self._waiting) or len(self._outbox) > 0

    def clear(self, t: float) -> None:
        """A broken line: messages and answers on their way are lost; the flow goes on."""
        self._advance(t)
        self._framer.clear()
        self._waiting.clear()
        self._outbox.clear()

    def _advance(self, t: float) -> None:
        while self._waiting and self._waiting[0][0] <= t:
            at, frame = self._waiting.popleft()
            answer = self._answer(frame, at)
            if answer:
                self._outbox.put(answer, at + BYTE_TIME * len(answer))
        if self.controller.next_step() is not None:
            self.controller.advance(t)

    # Messages

    def _answer(self, frame: Frame, t: float) -> bytes:
        if frame.error:
            return encode_error(frame, frame.error)
        if frame.node not in (self.memory.node, LOCAL):
            return encode_error(frame, REJECTED)
        data = self._executed(frame.data, t)
        return encode(Frame(frame.node, data, frame.sequence)) if data else b""

    def _executed(self, data: bytes, t: float) -> bytes:
        """Data of the answer; empty for a message that wants none."""
        command = data[0]
        try:
            if command == messages.REQUEST:
                return self._requested(data, t)
            if command in (
                messages.SEND_ACKNOWLEDGED, messages.SEND, messages.SEND_SOURCE,
            ):  # fmt: skip
                self._take(data, t)
            elif command == messages.STATUS:
                return b""
            else:
                raise Refused(Status.COMMAND, 0)
        except Refused as refused:
            if command in (messages.SEND, messages.SEND_SOURCE):
                return b""
            return messages.status_message(refused.status, refused.position)
        if command != messages.SEND_ACKNOWLEDGED:
            return b""
        return messages.status_message(Status.OK, len(data))

    def _requested(self, data: bytes, t: float) -> bytes:
        answer = bytes((messages.SEND,))
        for wanted in messages.read_request(data):
            answer += wanted.head + self._value(wanted, t)
        if len(answer) > 255:
            raise Refused(Status.PROTOCOL, len(data))
        return answer

    def _value(self, wanted: Wanted, t: float) -> bytes:
        parameter = _find(wanted)
        if parameter.access == "w":
            raise Refused(Status.WRITE_ONLY, wanted.position + 1)
        value = self.memory.read(parameter.name, t)
        if isinstance(value, str):
            return messages.string_value(value, wanted.length)
        if parameter.kind == FLOAT:
            return messages.float_value(value)
        return messages.number_value(parameter.kind, value)

    def _take(self, data: bytes, t: float) -> None:
        for sent in messages.read_sent(data):
            parameter = _find(sent)
            if parameter.access == "r" or (parameter.access == "s" and not self.memory.unlocked):
                raise Refused(Status.READ_ONLY, sent.position)
            value = _decoded(parameter, sent)
            if value is None or not self.memory.write(parameter.name, value, t):
                raise Refused(Status.VALUE, sent.position + 1)


def _find(asked: Wanted | Sent) -> Parameter:
    """The parameter; `Refused` where process, number or type are not the instrument's."""
    if asked.process not in PROCESSES:
        raise Refused(Status.PROCESS, asked.position)
    parameter = TABLE.get((asked.process, asked.number))
    if parameter is None:
        raise Refused(Status.PARAMETER, asked.position)
    if parameter.wire != asked.kind:
        raise Refused(Status.TYPE, asked.position)
    return parameter


def _decoded(parameter: Parameter, sent: Sent) -> Value | None:
    """The value that was sent; None where it is beyond the parameter's range."""
    if sent.kind == messages.STRING:
        text = sent.value.decode("latin-1")
        return text if len(text) <= parameter.high else None
    if parameter.kind == FLOAT:
        value: float = struct.unpack(">f", sent.value)[0]
    else:
        value = int.from_bytes(sent.value, "big")
    return value if parameter.low <= value <= parameter.high else None


EMULATOR = Propar
