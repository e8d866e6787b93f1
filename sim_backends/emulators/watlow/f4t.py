"""Watlow F4T process controller of a climate chamber, on Modbus TCP (or RTU), unit 1.

Two control loops, temperature and relative humidity. Written from the user's guide 1680-2414
(printed pages 37, 83 to 116, 221, 223, 225, 231), the F4T pages of TestEquity's manuals (registers
in common use, manual ramp, word order) and, for registers on pages that could not be had, from a
public client (EspecNorthAmerica/ChamberConnectLibrary, MIT): control mode, set point limits,
working set point, power, profile state, alarm state. `register_map` says which is which.
Remembered, from the EZ-ZONE family: the values of alarm high and low, and where an alarm is cleared
and silenced. Assumed: that a profile takes the loops it has set points for into automatic mode.

Set up as a chamber maker leaves it: units degC (the guide's default is degF), words low-high,
alarm 1 a latching process alarm on the air temperature, both loops off, output 1 of module 1 on
while a loop works, input 2 of module 1 the door switch. Its device name is its serial number.

What the real controller does and this one does not: autotune, cascade loops, several PID sets,
events that switch anything, data logging, editing of profiles, wait steps, guaranteed soak, SCPI on
port 5025. It looks at its inputs ten times a second; this one every second while something
changes, and up to every 15 min while both loops rest, so that weeks of holding cost little.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.eurotherm.pid import Tuning
from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.emulators.modbus_rtu import ILLEGAL_VALUE, ModbusError
from sim_backends.emulators.watlow.alarms import Alarm
from sim_backends.emulators.watlow.codes import Code
from sim_backends.emulators.watlow.control_loop import ControlLoop
from sim_backends.emulators.watlow.parameters import Parameters, WordOrder
from sim_backends.emulators.watlow.profile import Runner
from sim_backends.emulators.watlow.register_map import table
from sim_backends.models.climate_chamber import ChamberPort

ALARMS, EVENTS = 6, 8
SAMPLE, PERIOD, LONGEST_PERIOD = 0.1, 1.0, 900.0
"""Seconds: for so long a value is the newest there is; between steps while working, and at rest."""

GROWTH, RECOVERY = 1.25, 1.05
"""Factor from one period to the next at rest, and of the longest one, which a deviation halves: a
chamber too quick for long periods is held with short ones."""

SETTLED = (0.15, 0.5)
"""Deviations in K and % of relative humidity below which a loop counts as at rest."""

INPUTS = (
    Spec(range=1000.0, gain=1e-3, offset=0.5, noise=0.01),
    Spec(range=100.0, gain=0.0, offset=2.0, noise=0.05),
)
"""degC and % relative: 0.1 % and 0.5 K of a platinum sensor, 2 % of a capacitive one (assumed)."""


class F4t(ModbusDevice):
    """One F4T of serial number `serial` that controls the chamber at `port`."""

    def __init__(self, port: ChamberPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(unit=1)
        self.serial = serial
        self.name = serial
        self.word_order: WordOrder = "low-high"
        self.units = Code.CELSIUS
        self.display_units = Code.CELSIUS
        self.loops = (
            ControlLoop(-70.0, 180.0, 25.0, Tuning(band=8.0, integral=300.0, derivative=10.0)),
            ControlLoop(10.0, 98.0, 50.0, Tuning(band=30.0, integral=240.0, derivative=0.0)),
        )
        self.alarms = [Alarm() for _ in range(ALARMS)]
        self.alarms[0] = Alarm(
            kind=Code.PROCESS_ALARM, high=185.0, low=-75.0, latching=Code.LATCHING
        )
        self.events = [Code.OFF] * EVENTS
        self.runner = Runner()
        self.chosen = [1, 1]
        self.edited = 1
        self._port = port
        self._inputs = tuple(Channel([spec], rng) for spec in INPUTS)
        self._stepped: float | None = None
        self._period, self._longest = PERIOD, LONGEST_PERIOD
        self._parameters = Parameters(
            table(self), lambda: self.word_order, lambda: self.units is Code.FAHRENHEIT
        )

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers as they are now."""
        self._refresh()
        return self._parameters.read(address, count)

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write settings and requests; the loops follow at once."""
        self._refresh()
        self._parameters.write(address, values)
        self._period = PERIOD
        self._step(0.0)

    def event(self) -> float | None:
        """The next step of the loops; after the first, none while they and the profile are off."""
        if self._stepped is None:
            return self.t
        if not self.works:
            return None
        running = self.runner.state is Code.RUNNING
        ends = max(self.runner.left, SAMPLE) if running else LONGEST_PERIOD
        return self._stepped + min(self._period, ends)

    def advance(self, t: float) -> None:
        """Do the work that is due until `t`; it begins with the first call, before time 0 too."""
        if self._stepped is None:
            self.t = t
        super().advance(t)

    def work(self) -> None:
        """One step of the loops."""
        self._advance_to_now()

    def power_on(self, t: float) -> None:
        """Power comes back: what is stored is kept, a running profile is not."""
        self.clear(t)
        self.runner.terminate()
        self._period = PERIOD

    # Requests

    def start_profile(self, request: float) -> None:
        """Profile Action Request: start; exception 03 where that profile cannot be started."""
        if request != Code.START:
            return
        now = self.loops[0].pid.setpoint, self.loops[1].pid.setpoint
        if not self.runner.start(self.chosen[0], self.chosen[1], now):
            raise ModbusError(ILLEGAL_VALUE)
        for index in self.runner.guides():
            self.loops[index].choose(Code.AUTO)
        for loop, guided in zip(self.loops, self.runner.guided, strict=True):
            loop.guided = guided

    def end_profile(self, request: float) -> None:
        """Pause or terminate."""
        if request == Code.PAUSE:
            self.runner.pause()
        elif request == Code.TERMINATE:
            self.runner.terminate()

    def clear_alarm(self, alarm: Alarm) -> None:
        """Take back a latched alarm."""
        loop = self.loops[alarm.loop]
        alarm.clear(self.value(alarm.loop), loop.pid.setpoint)

    # State

    @property
    def works(self) -> bool:
        """Whether a loop conditions the chamber or a profile runs."""
        return self.runner.active or any(loop.active_mode is not Code.OFF for loop in self.loops)

    def value(self, index: int) -> float:
        """Process value of loop `index`, nan where its sensor is broken."""
        loop = self.loops[index]
        return float("nan") if loop.broken else loop.pid.value

    def is_door_open(self) -> bool:
        """Input 2 of module 1."""
        return self._port.is_door_open(self.t)

    def _refresh(self) -> None:
        if self._stepped is None or self.t - self._stepped >= SAMPLE:
            self._advance_to_now()

    def _advance_to_now(self) -> None:
        dt = 0.0 if self._stepped is None else self.t - self._stepped
        self._stepped = self.t
        self._step(dt)

    def _step(self, dt: float) -> None:
        self._guide(dt)
        measured = self._port.temperature(self.t), self._port.humidity(self.t)
        powers = [
            loop.step(channel.convert(true, 0), dt)
            for loop, channel, true in zip(self.loops, self._inputs, measured, strict=True)
        ]
        self._port.condition(powers[0] / 100.0, powers[1] / 100.0, self.t)
        for alarm in self.alarms:
            alarm.look(self.value(alarm.loop), self.loops[alarm.loop].pid.setpoint)
        self._pace()

    def _guide(self, dt: float) -> None:
        if not self.runner.active and self.loops[0].guided is None:
            return
        self.runner.go_on(dt)
        for loop, guided in zip(self.loops, self.runner.guided, strict=True):
            loop.guided = guided if self.runner.active else None
            if not self.runner.active:
                self._leave(loop, guided)

    def _leave(self, loop: ControlLoop, guided: float) -> None:
        if self.runner.ended is Code.OFF:
            loop.choose(Code.OFF)
        elif self.runner.ended is Code.HOLD:
            loop.set_point = min(max(guided, loop.minimum), loop.maximum)

    def _pace(self) -> None:
        rests = not self.runner.moves and all(
            loop.settles and not (
                loop.active_mode is Code.AUTO and abs(loop.pid.value - loop.pid.setpoint) > most
            )
            for loop, most in zip(self.loops, SETTLED, strict=True)
        )  # fmt: skip
        if rests:
            self._longest = min(self._longest * RECOVERY, LONGEST_PERIOD)
            self._period = min(self._period * GROWTH, self._longest)
            return
        if self._period > PERIOD:
            self._longest = max(self._period / 2.0, PERIOD)
        self._period = PERIOD


EMULATOR = F4t
