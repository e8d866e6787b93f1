"""A photovoltaic rig of plain Python objects round an ideal diode: for tests of methods alone."""

from __future__ import annotations

import math
from typing import Any, cast

from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.sample import Sample
from rigs.photovoltaic import PhotovoltaicRig, ReferenceCell

AREA = 1e-4
"""Area of the device in m2."""

RESPONSIVITY = 1e-4
"""Voltage of the reference cell per irradiance in V/(W/m2)."""

SHEETS = {
    "V": Accuracy("voltage", 2.0, "V", 1e-4, 1e-4, "test"),
    "A": Accuracy("current", 0.1, "A", 2e-4, 1e-6, "test"),
    "degC": Accuracy("temperature", 100.0, "degC", 0.0, 0.1, "test"),
    "m": Accuracy("radius", 0.1, "m", 0.0, 5e-5, "test"),
    "W/m**2": Accuracy("irradiance", 1200.0, "W/m**2", 0.05, 0.0, "test"),
}


def reading(value: float, unit: str, name: str) -> Reading:
    t, utc = clock.stamp()
    return Reading(value, unit, t, utc, f"test://{name}", f"SIM-{name}", SHEETS.get(unit))


class World:
    """What the roles act on. `output` falls from 1 as the test's own `wear` says."""

    def __init__(self) -> None:
        self.lamp_on_since: float | None = None
        self.level = 0.0
        self.open = False
        self.gain = 0.97
        self.drift = 0.0
        self.chuck = 20.0
        self.bends = 0
        self.lit_since = 0.0
        self.dose = 0.0
        self.loss_per_hour = 0.0
        self.loss_per_bend = 0.0

    def irradiance(self) -> float:
        """Irradiance in W/m2 of this moment."""
        hours = clock.now() / 3600
        return self.level * self.gain * (1 + self.drift * hours) if self.open else 0.0

    def expose(self) -> None:
        """Count the hours of light until now."""
        if self.open:
            self.dose += (clock.now() - self.lit_since) / 3600
        self.lit_since = clock.now()

    def current(self, voltage: float) -> float:
        """Delivered current in A at `voltage` in V: an ideal diode at 25 degC."""
        self.expose()
        kept = (1 - self.loss_per_hour * self.dose) * (1 - self.loss_per_bend * self.bends)
        photo = 0.022 * self.irradiance() / 1000
        # Photocurrent and saturation current wear alike, so that power wears in proportion.
        return kept * (photo - 1e-13 * (math.exp(voltage / 0.0385) - 1))


class Lamp:
    address = "test://lamp"

    def __init__(self, world: World) -> None:
        self.world = world
        self.warm_up = 900.0
        self.monitor_gain = 1.0

    async def lamp(self, on: bool) -> None:
        if on and self.world.lamp_on_since is None:
            self.world.lamp_on_since = clock.now()

    async def shutter(self, is_open: bool) -> None:
        self.world.expose()
        self.world.open = is_open

    async def set_irradiance(self, irradiance: float) -> None:
        self.world.expose()
        self.world.level = irradiance

    async def is_warm(self) -> bool:
        since = self.world.lamp_on_since
        return since is not None and clock.now() - since >= self.warm_up

    async def monitor(self) -> Reading:
        return reading(self.world.irradiance() * self.monitor_gain, "W/m**2", "lamp")


class Meter:
    address = "test://dmm"

    def __init__(self, world: World) -> None:
        self.world = world

    async def measure_voltage(
        self, *, voltage_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        await clock.sleep(0.02)
        return reading(self.world.irradiance() * RESPONSIVITY, "V", "dmm")


class Chuck:
    address = "test://chuck"

    def __init__(self, world: World) -> None:
        self.world = world
        self.target = 20.0
        self.tau = 60.0
        self._at = 0.0

    async def set_temperature(self, setpoint: float) -> None:
        self._settle()
        self.target = setpoint

    async def control(self, on: bool) -> None:
        self._settle()

    async def temperature(self) -> Reading:
        self._settle()
        return reading(self.world.chuck, "degC", "chuck")

    def _settle(self) -> None:
        part = math.exp(-(clock.now() - self._at) / self.tau)
        self.world.chuck = self.target + (self.world.chuck - self.target) * part
        self._at = clock.now()


class Smu:
    address = "test://smu"

    def __init__(self, world: World) -> None:
        self.world = world
        self.on = False
        self.function = "voltage"
        self.level = 0.0
        self.limit = 0.0
        self.hysteresis = 0.0

    async def wires(self, count: int) -> None:
        assert count == 4

    async def integrate(self, power_line_cycles: float) -> None:
        pass

    async def source_voltage(
        self, level: float, *, compliance: float, voltage_range: float | None = None
    ) -> None:
        self.function, self.level, self.limit = "voltage", level, compliance

    async def source_current(
        self, level: float, *, compliance: float, current_range: float | None = None
    ) -> None:
        self.function, self.level, self.limit = "current", level, compliance

    async def output(self, on: bool) -> None:
        self.on = on

    async def measure(self) -> IVPoint:
        assert self.on
        await clock.sleep(0.02)
        return self._point(self.level if self.function == "voltage" else self._open())

    async def sweep_voltage(
        self, start: float, stop: float, points: int, *, delay: float, compliance: float
    ) -> list[IVPoint]:
        self.limit = compliance
        gain = 1.0 + (self.hysteresis if start > stop else -self.hysteresis)
        out: list[IVPoint] = []
        for index in range(points):
            await clock.sleep(delay)
            out.append(self._point(start + (stop - start) * index / (points - 1), gain))
        return out

    def _point(self, voltage: float, gain: float = 1.0) -> IVPoint:
        current = gain * self.world.current(voltage)
        return IVPoint(
            reading(voltage, "V", "smu"), reading(-current, "A", "smu"), abs(current) > self.limit
        )

    def _open(self) -> float:
        photo = 0.022 * self.world.irradiance() / 1000
        return 0.0385 * math.log(photo / 1e-13 + 1)


class Bender:
    address = "test://bender"

    def __init__(self, world: World) -> None:
        self.world = world
        self.set = 0.05
        self.began, self.cycles, self.frequency = 0.0, 0, 1.0
        self.sticks = False

    async def set_radius(self, radius: float) -> None:
        self.set = radius

    async def radius(self) -> Reading:
        return reading(self.set, "m", "bender")

    async def start(self, cycles: int, *, frequency: float) -> None:
        assert not self.world.open, "bent in the dark"
        self.began, self.cycles, self.frequency = clock.now(), cycles, frequency

    async def cycles_done(self) -> Reading:
        done = min(self.cycles, int((clock.now() - self.began) * self.frequency))
        self.world.bends = done
        return reading(done, "cyc", "bender")

    async def is_running(self) -> bool:
        done = await self.cycles_done()
        return self.sticks or done.value < self.cycles

    async def stop(self) -> None:
        pass


def rig() -> tuple[PhotovoltaicRig, World]:
    """A rig and the world behind it."""
    world = World()
    cell = ReferenceCell("SIM-RC", Quantity(RESPONSIVITY, "V*m**2/W", 0.005 * RESPONSIVITY), "test")
    roles: Any = (Smu(world), Meter(world), Lamp(world), Chuck(world), Bender(world))
    return PhotovoltaicRig(*roles, reference_cell=cell), world


def smu(found: PhotovoltaicRig) -> Smu:
    """The rig's source meter as what it is here."""
    return cast(Smu, found.source_meter)


def sample(**more: Quantity) -> Sample:
    """A device with the coefficients of an ideal one."""
    properties = {
        "area": Quantity(1.0, "cm**2", 0.004),
        "current_temperature_coefficient": Quantity(0.0, "A/K"),
        "voltage_temperature_coefficient": Quantity(0.0, "V/K"),
        "power_temperature_coefficient": Quantity(0.0, "1/K"),
        "series_resistance": Quantity(0.0, "ohm"),
        "curve_correction_factor": Quantity(0.0, "ohm/K"),
        **more,
    }
    return Sample("S-1", "cell", properties=properties)


def true_power() -> float:
    """Maximum power in W of the fresh device at 1000 W/m2, by golden section."""
    low, high = 0.5, 1.0
    ratio = (math.sqrt(5) - 1) / 2

    def power(v: float) -> float:
        return v * (0.022 - 1e-13 * (math.exp(v / 0.0385) - 1))

    for _ in range(80):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if power(a) > power(b) else (a, high)
    return power((low + high) / 2)
