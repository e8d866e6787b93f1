"""A Modbus TCP client of an F4T on a chamber."""

from __future__ import annotations

import math
import struct

from sim_backends.emulators.modbus_tcp import Framer
from sim_backends.emulators.watlow.f4t import EMULATOR
from sim_backends.models.climate_chamber import ClimateChamber
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk

MODE, LOWEST, HIGHEST, SET_POINT, POWER = 2730, 2774, 2776, 2782, 2784
ACTION, SCALE, RATE = 2794, 2796, 2798
OUTPUT, WORKING, ACTIVE, VALUE = 2808, 2810, 2814, 2820
HUMIDITY = 160
START, STEP, ACT, RESUME, END, STATE = 16558, 16560, 16562, 16564, 16566, 16568
ALARM, CLEAR = 1356, 1364


class Broken(ClimateChamber):
    """A chamber whose sensor can break."""

    broken = False
    steps = 0

    def temperature(self, t: float) -> float:
        value = super().temperature(t)
        return math.nan if self.broken else value

    def condition(self, heat: float, moisture: float, t: float) -> None:
        self.steps += 1
        super().condition(heat, moisture, t)


class Host(Talk):
    """A Modbus TCP client."""

    def __init__(self, seed: int = 1) -> None:
        self.chamber = Broken()
        self.device = EMULATOR(self.chamber, serial="SIM-00000042", rng=stream(seed, "f4t"))
        self.device.speak_tcp()
        super().__init__(self.device)

    def call(self, pdu: bytes) -> bytes:
        reply = self.answer(struct.pack(">HHHB", 9, 0, len(pdu) + 1, 1) + pdu)
        (framed,) = Framer().feed(reply)
        return bytes((framed.function,)) + framed.content

    def words(self, register: int, count: int = 1) -> list[int]:
        reply = self.call(struct.pack(">BHH", 3, register, count))
        assert reply[0] == 3, reply.hex()
        return list(struct.unpack(f">{count}H", reply[2:]))

    def real(self, register: int) -> float:
        return struct.unpack("<f", struct.pack("<HH", *self.words(register, 2)))[0]

    def put(self, register: int, *values: int) -> bytes:
        if len(values) == 1:
            return self.call(struct.pack(">BHH", 6, register, *values))
        count = len(values)
        return self.call(struct.pack(f">BHHB{count}H", 16, register, count, 2 * count, *values))

    def put_real(self, register: int, value: float) -> bytes:
        return self.put(register, *struct.unpack("<HH", struct.pack("<f", value)))


def refusal(function: int, code: int) -> bytes:
    return bytes((function | 0x80, code))
