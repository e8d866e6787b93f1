"""Keithley 2636B dual-channel source meter, TSP command set, at the wire.

Written from the reference manual 2600BS-901-01 (Rev. B 2013 to Rev. F 2021). Modelled: the script
language (Lua 5.0 without coroutines, varargs, string patterns and metatables of one's own), both
channels with sources, limits, ranges, integration time, delays, filter, relative offset, readings
with the output off, reading buffers, printbuffer in ASCII and binary, KISweep scripts, error queue,
status, sweeps by the trigger model. Of the trigger model a stimulus only says whether `*TRG` starts
the sweep: timers, blenders and the stimuli of source, measure and end pulse are kept without
effect; each point is sourced, waited for and measured. Not modelled: overlapped measuring, contact
check, calibration, TSP-Link, LAN and file system objects, prompts and showerrors (kept, without
effect), sense leads, the time of autozero and of a range change, the time constant of a
high-capacitance load, 10 A pulses. Assumed: text of the errors -285 and -286 after the line number,
the numbers of trigger events, and that reading an unknown attribute gives nil while writing one is
error -286.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim_backends.emulators.keithley.k2450_output import Open
from sim_backends.emulators.keithley.k2636b_channel import ChannelObject
from sim_backends.emulators.keithley.k2636b_scripts import FACTORY_SCRIPTS
from sim_backends.emulators.keithley.k2636b_smu import Smu
from sim_backends.emulators.keithley.k2636b_system import system_objects
from sim_backends.emulators.keithley.k2636b_trigger import global_trigger
from sim_backends.emulators.keithley.tsp.attributes import Attributes
from sim_backends.emulators.keithley.tsp.instrument import TspInstrument
from sim_backends.emulators.keithley.tsp.output import Output
from sim_backends.models.ports import ElectricalPort


class K2636B(TspInstrument):
    """One 2636B; a single `port` is wired to channel A, a pair to A and B."""

    model = "2636B"
    firmware = "3.2.2"

    def __init__(
        self,
        port: ElectricalPort | Sequence[ElectricalPort],
        *,
        serial: str,
        rng: np.random.Generator,
    ) -> None:
        super().__init__(
            f"Keithley Instruments Inc., Model {self.model}, {serial}, {self.firmware}"
        )
        self.serial = serial
        first, second = port if isinstance(port, Sequence) else (port, Open())
        make = Attributes(self.fail)
        self.output = Output(self.say, make)
        self.smus = {"smua": Smu(first, rng), "smub": Smu(second, rng)}
        self.channels = {
            name: ChannelObject(smu, make, lambda: self.t, name, self)
            for name, smu in self.smus.items()
        }
        objects = system_objects(self, make, self.smus) | self.output.objects()
        objects["trigger"] = global_trigger(make)
        for name, value in (objects | self.channels).items():
            self.world.put(name, value)
        # Defining functions takes no time.
        for _ in self.interpreter.run(FACTORY_SCRIPTS):
            raise AssertionError("a factory script must not wait")

    def reset(self) -> str | None:
        """`*RST`, `reset()`: outputs off, all settings as after power-on."""
        for channel in self.channels.values():
            channel.reset()
        self.output.reset()
        return None


EMULATOR = K2636B
