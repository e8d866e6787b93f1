"""A photo-charging device: module, blocking diode, zinc-ion pack and a converter to the product.

Module and pack are in parallel behind the diode, so the module works where its curve meets the
pack's voltage; nothing tracks its maximum power. The converter holds its output while its input is
high enough, takes its loss from the pack, and turns off below its lockout until the input has
recovered. After a step of the load its output control needs a moment (undershoot).
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.models import series_stack, solar_cell
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.roots import root
from sim_backends.models.solar_cell import Operating
from sim_backends.models.storage_pack import PackParameters, StoragePack

STEP = 120.0
"""Longest step in s over which the currents are taken as constant, from their middle."""

SHORT, ALIKE = 2.0, 0.01
"""Seconds up to which the current before goes on, where light (relative) and loads are alike."""

_FINE = 1e-9


@dataclass(frozen=True, slots=True)
class Converter:
    """Output `set_point` V with an output `resistance` ohm; `efficiency` 0..1 and `own` power W
    while it works; off below `lockout` V at its input, on again after `wait` s above `restart` V;
    no output with more than `limit` A; after a step of the load by 1 A the output is off by
    `undershoot` ohm, for about `recovery` s."""

    set_point: float
    resistance: float
    efficiency: float
    own: float
    lockout: float
    restart: float
    wait: float
    limit: float
    undershoot: float
    recovery: float


@dataclass(frozen=True, slots=True)
class PhotoStorageDevice:
    """What the device is made of. `drop` of the blocking diode in V; `start` state of charge 0..1
    as it comes; the conditions of its sheet: pack's `cut_off` V, discharge `current` A, `charging`
    time s at 1000 W/m2."""

    module: PhotovoltaicDevice
    pack: PackParameters
    converter: Converter
    drop: float
    start: float
    cut_off: float
    current: float
    charging: float


class PhotoStorage:
    """The device at work. `external` current in A into the pack's terminals stays as it is set."""

    def __init__(self, device: PhotoStorageDevice, charge: float) -> None:
        self.device = device
        self.pack = StoragePack(device.pack, charge)
        self.external = 0.0
        self.load = 0.0
        self.working = True
        self._recovered = 0.0
        self._flows = 0.0
        self._known: tuple[float, float, bool, float] | None = None

    # The node at which module, pack, converter and terminals meet

    def terminal(self, point: Operating | None) -> float:
        """Voltage in V at the pack's terminals; `point` is the module's, None in the dark."""
        return self._terminal(self.pack, point)

    def current_at(self, voltage: float, point: Operating | None) -> float:
        """Current in A that has to flow into the terminals to bring them to `voltage` in V."""
        into = (voltage - self.pack.source) / self.device.pack.resistance
        return into - self._generated(point, voltage) + self._drawn(voltage)

    def _terminal(self, pack: StoragePack, point: Operating | None) -> float:
        source, series = pack.source, self.device.pack.resistance
        if point is None and not (self.load and self.working):
            return source + series * self.external

        def excess(voltage: float) -> float:
            flows = self.external + self._generated(point, voltage) - self._drawn(voltage)
            return source + series * flows - voltage

        high = source + series * (self.external + _most(point)) + _FINE
        # At half its own voltage a source gives the most: what asks for more pulls it down to it.
        low = 0.5 * min(source, high)
        return root(excess, low, high, _FINE) if excess(low) > 0.0 else low

    def _generated(self, point: Operating | None, voltage: float) -> float:
        if point is None:
            return 0.0
        return max(series_stack.current(*point, voltage + self.device.drop), 0.0)

    def _drawn(self, voltage: float) -> float:
        if not (self.load and self.working):
            return 0.0
        converter = self.device.converter
        out = self.load * self.output / converter.efficiency
        return (out + converter.own) / max(voltage, 1.0)

    def _into(self, pack: StoragePack, point: Operating | None) -> float:
        return (self._terminal(pack, point) - pack.source) / self.device.pack.resistance

    # Time

    def advance(self, point: Operating | None, dt: float) -> None:
        """Go on by `dt` s with the module as at `point`."""
        while dt > 1e-12:
            step = min(dt, STEP)
            if step > SHORT or not self._same(point):
                self._flows = self._into(self.pack, point)
                self._known = self._state(point)
            flows = self._flows
            if step > SHORT:
                halfway = self.pack.copy()
                halfway.pass_current(flows, step / 2)
                flows = self._into(halfway, point)
            self.pack.pass_current(flows, step)
            self._look(self.pack.source + self.device.pack.resistance * flows, step)
            dt -= step

    def _state(self, point: Operating | None) -> tuple[float, float, bool, float]:
        return self.external, self.load, self.working, _most(point)

    def _same(self, point: Operating | None) -> bool:
        """Whether what flows is what has flowed just before."""
        if self._known is None:
            return False
        *others, light = self._state(point)
        *known, seen = self._known
        return others == known and abs(light - seen) <= ALIKE * seen

    def _look(self, voltage: float, dt: float) -> None:
        """Whether the converter works after `dt` s with `voltage` in V at its input."""
        converter = self.device.converter
        if self.working:
            self.working = not self.load or voltage >= converter.lockout
            self._recovered = 0.0
        else:
            self._recovered = self._recovered + dt if voltage > converter.restart else 0.0
            self.working = self._recovered >= converter.wait

    # The converter's output

    def draw(self, load: float, point: Operating | None) -> float:
        """`load` in A at the output from now on; the voltage there in V. It may lock the converter
        out, which comes back with time alone."""
        self.load = load
        if self.working and load:
            self.working = self.terminal(point) >= self.device.converter.lockout
        return self.output

    @property
    def output(self) -> float:
        """Voltage in V at the converter's output with the load as it is."""
        converter = self.device.converter
        if not self.working or self.load > converter.limit:
            return 0.0
        return converter.set_point - converter.resistance * self.load


def _most(point: Operating | None) -> float:
    """The module's photocurrent in A."""
    return 0.0 if point is None else min(diode.photocurrent for diode in point.junctions)


def lit(device: PhotoStorageDevice, irradiance: float, celsius: float) -> Operating | None:
    """The module at effective `irradiance` in W/m2 and `celsius` in degC; None in the dark."""
    if irradiance <= 0.0:
        return None
    return solar_cell.operating(device.module, irradiance, celsius)
