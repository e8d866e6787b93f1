"""APC Smart-UPS SMT1500I on Modbus RTU (9600 baud) or TCP, unit 1.

Written from the register map 990-9840A and application note MPAO-98KJ7F; numbers of registers and
bits were checked against public readers of that map. Line-interactive: on line it boosts and trims,
out of its limits it goes on battery, empties it, warns, stops, and comes back with the mains.

What the real unit does and this one does not: bypass and switched outlet groups (an SMT1500I has
one group of outlets), runtime calibration (refused), simple signalling commands, the alarms of
hardware faults, storing settings over a power cut, a silent interval after a write. Transfer takes
no time. It follows the plant every second on battery, every 10 min on line and at each change of
mains or load.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim_backends.emulators.apc.battery_test import BatteryTest, Status
from sim_backends.emulators.apc.outlets import Outlets
from sim_backends.emulators.apc.power import PowerStage
from sim_backends.emulators.apc.register_map import field_map
from sim_backends.emulators.modbus_device import ModbusDevice
from sim_backends.models.ups_plant import UpsPort

ON_BATTERY_PERIOD, ON_LINE_PERIOD = 1.0, 600.0
WARNING = 150.0
"""Seconds of runtime left at which a shutdown is imminent."""

START, LOW_INPUT, ACCEPTABLE, TEST, TEST_ENDED, PROTOCOL, LOW_BATTERY, RESTART = (
    0, 2, 8, 9, 10, 12, 13, 18,
)  # fmt: skip
"""UPSStatusChangeCause_EN."""


class SmartUps(ModbusDevice):
    """One UPS of serial number `serial` in front of `port`."""

    def __init__(self, port: UpsPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(unit=1)
        self.serial = serial
        self.stage = PowerStage(port, rng)
        self.outlets = Outlets()
        self.test = BatteryTest()
        self.calibration = Status(0)
        self.cause = START
        self.names = {"ups": "Smart-UPS", "outlets": "Main outlets"}
        self.battery_date = 9496
        self.needs_battery = False
        self.sensitivity = 1
        self._port = port
        self._stepped: float | None = None
        self._map = field_map(self)

    def read(self, address: int, count: int) -> Sequence[int]:
        """Registers as they are now."""
        self._refresh()
        return self._map.read(address, count)

    def write(self, address: int, values: Sequence[int]) -> None:
        """Write settings and commands; the UPS follows at once."""
        self._refresh()
        self._map.write(address, values)
        self._update()

    def event(self) -> float | None:
        """The next look at the plant, a known change of it, a countdown's or the test's end."""
        if self._stepped is None:
            return 0.0
        inverts = self.stage.on_battery or self.stage.testing
        pause = ON_BATTERY_PERIOD if inverts else ON_LINE_PERIOD
        change = self._port.next_change(self._stepped)
        times = (self._stepped + pause, change, self.outlets.event(), self.test.until)
        return min(t for t in times if t is not None)

    def work(self) -> None:
        """Look at the plant."""
        self._update()

    # Commands

    def command_outlets(self, bits: int) -> None:
        """OutletCommand_BF."""
        was_on = self.outlets.on
        self.outlets.command(bits, self.t)
        self.outlets.work(self.t, self.stage.accepts(), self.stage.runtime(self.t))
        if self.outlets.on != was_on:
            self.cause = PROTOCOL

    def command_test(self, bits: int) -> None:
        """ReplaceBatteryTestCommand_BF: start 1, abort 2."""
        if bits & 2:
            self.test.abort()
        elif bits & 1:
            on_line = self.outlets.on and not self.stage.on_battery
            self.test.start(self.t, on_line=on_line, charge=self.stage.charge(self.t))
            if self.test.runs:
                self.cause = TEST

    def command_calibration(self, bits: int) -> None:
        """RunTimeCalibrationCommand_BF: always refused."""
        if bits & 1:
            self.calibration = Status.REFUSED | Status.BY_PROTOCOL | Status.INVALID_STATE

    # State

    def status(self) -> int:
        """UPSStatus_BF."""
        stage, outlets = self.stage, self.outlets
        inverts = (stage.on_battery or stage.testing) and outlets.on
        bits = (
            (1, outlets.on and not inverts), (2, inverts), (4, not outlets.on),
            (6, not stage.accepts()), (7, self.test.runs), (8, outlets.on_at is not None),
            (9, outlets.off_at is not None), (21, stage.overloaded(self.t)),
        )  # fmt: skip
        return sum(1 << bit for bit, is_so in bits if is_so)

    def signals(self) -> int:
        """SimpleSignalingStatus_BF: power failure 1, shutdown imminent 2."""
        on_battery = self.stage.on_battery and self.outlets.on
        imminent = on_battery and self.stage.runtime(self.t) < WARNING
        return int(on_battery) | int(imminent) << 1

    def _refresh(self) -> None:
        if self._stepped != self.t:
            self._update()

    def _update(self) -> None:
        t, stage, outlets = self.t, self.stage, self.outlets
        self._stepped = t
        outlets.work(t, stage.accepts(), stage.runtime(t))
        stage.output_on = outlets.on
        stage.update(t)
        self._transfer()
        self._end_test()
        stage.testing = self.test.runs
        stage.update(t)
        if stage.depleted and stage.on_battery:
            self._stop()
        elif stage.depleted:
            self._fail_test()

    def _transfer(self) -> None:
        stage = self.stage
        if stage.on_battery == (not stage.accepts()):
            return
        stage.on_battery = not stage.accepts()
        if stage.on_battery:
            self.test.abort()
        self.cause = stage.reason() if stage.on_battery else ACCEPTABLE
        if not stage.on_battery and self.outlets.returns and not self.outlets.on:
            self.cause = RESTART

    def _end_test(self) -> None:
        if self.test.until is None or self.test.until > self.t:
            return
        self.test.end(self.stage.battery_voltage(self.t))
        self.needs_battery = bool(self.test.status & Status.FAILED)
        self.cause = TEST_ENDED

    def _fail_test(self) -> None:
        """A battery that ends during its test: the mains are there, the load stays on."""
        self.test.end(0.0)
        self.needs_battery, self.cause = True, TEST_ENDED
        self.stage.testing = False
        self.stage.update(self.t)

    def _stop(self) -> None:
        self.cause = LOW_BATTERY
        self.test.abort()
        self.outlets.returns = True
        self.outlets.turn_off(self.t)
        self.stage.output_on = False
        self.stage.update(self.t)


EMULATOR = SmartUps
