"""A climate held in a chamber for a set time, and what its errors do to damage by damp heat.

Peck's law: the rate of damage goes with (relative humidity)^n exp(-Ea / kT). D. S. Peck, 24th IRPS
(1986) 44. Humidity and the course of the temperature are the chamber's sensors'; a probe beside the
sample tells by how much the temperature there differs.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Observed, Reading
from labctl.gaps import Gaps
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.exposure import share_held
from procedures.methods.endurance.exposing import expose, interval
from procedures.methods.endurance.log import Log, log_of
from procedures.methods.endurance.sensitivity import thermal
from procedures.methods.observing import BandOf, observed_amount, observed_log, spread
from procedures.methods.photovoltaics.device import Device
from procedures.methods.settling import Settling, settled
from procedures.methods.trace import Trace, trace
from rigs.tandem import PROBE, TandemRig

HEAT, WET = ("temperature", "degC"), ("relative_humidity", "%")
"""The conditions of the exposure, with their units."""

CONTRIBUTIONS = ("probe_temperature", "chamber_temperature", "chamber_humidity")
"""What the bench states: of the probe and of the sample's place against it in K, of the humidity
there in %."""

ENERGY, EXPONENT = "damp_heat_activation_energy", "damp_heat_humidity_exponent"
"""Properties of the sheet: Ea in eV and n of Peck's law."""

PROBED = 5
"""Readings of the probe beside those of the chamber's sensor, once the climate has settled."""

WARM = Settling(band=1.0, hold=600.0, every=60.0, timeout=6 * 3600.0)
MOIST = Settling(band=2.0, hold=600.0, every=60.0, timeout=6 * 3600.0)
"""Within +-1 K and +-2 % of relative humidity for ten minutes, given up after six hours."""


GAPS = Gaps(longest=2 * 3600.0, total=24 * 3600.0)
"""Interruptions in which the sample may cool and dry: MQT 13 of IEC 61215-2 names none. Our choice:
up to two hours, the time to open the chamber and to come back to its climate, 24 h in all."""


class Climate(msgspec.Struct, frozen=True):
    """The climate that is set: `celsius` and relative `humidity` in %."""

    celsius: float
    humidity: float


class Begun(msgspec.Struct, frozen=True):
    """The settled climate: readings of the `probe` and of the chamber's `humidity` sensor with
    their accuracies, and `offset` in K of the probe against the chamber's temperature sensor."""

    probe: Trace
    humidity: Trace
    offset: float


class Held(msgspec.Struct, frozen=True):
    """The exposure: a `log` with columns `celsius` at the probe and `humidity`, and its `begun`
    climate."""

    log: Log
    begun: Begun


class _Point(msgspec.Struct, frozen=True):
    t: float
    celsius: float
    humidity: float


async def settle(rig: TandemRig, climate: Climate) -> Begun:
    """The climate set and settled, whatever it was; the readings that show it.

    `InstrumentError` where the chamber does not settle.
    """
    await rig.logger.configure(PROBE, "Pt100")
    await rig.chamber.set_temperature(climate.celsius)
    await rig.chamber.set_humidity(climate.humidity)
    await rig.chamber.control(True)
    await rig.chamber.humidity_control(True)
    await settled(rig.chamber.temperature, climate.celsius, WARM, "the chamber's temperature")
    moist = await settled(rig.chamber.humidity, climate.humidity, MOIST, "the chamber's humidity")
    probe, sensor = list[Reading](), list[Reading]()
    for _ in range(PROBED):
        probe.append(await rig.logger.temperature(PROBE))
        sensor.append(await rig.chamber.temperature())
    offset = sum(a.value - b.value for a, b in zip(probe, sensor, strict=True)) / PROBED
    return Begun(trace(probe), trace(moist), offset)


async def held(
    run: Run, rig: TandemRig, name: str, climate: Climate, seconds: float, begun: Begun
) -> Held:
    """The climate held for `seconds` in s, read each interval; the chamber is off afterwards.

    What was out of a condition's band is made up for.
    """

    async def look(elapsed: float, before: _Point | None) -> _Point:
        heat = await rig.chamber.temperature()
        wet = await rig.chamber.humidity()
        await run.record(f"{name}/temperature", heat)
        await run.record(f"{name}/humidity", wet)
        celsius = heat.value + begun.offset
        run.look_at(HEAT[0], celsius, HEAT[1])
        run.look_at(WET[0], wet.value, WET[1])
        return _Point(heat.t, celsius, wet.value)

    def inside(points: list[_Point]) -> float:
        return seconds_held(_log(run, points, clock.now()), run.band)

    async def arrange() -> None:
        await settle(rig, climate)

    async with run.scope(name, arrange):
        every = interval(seconds)
        points = await expose(run, "exposure", seconds, every, look, _Point, inside, until=0.85)

    async def close() -> float:
        end = clock.now()
        await rig.chamber.humidity_control(False)
        await rig.chamber.control(False)
        return end

    end = await run.step(f"{name}/end", close, float)
    return Held(_log(run, points, end), begun)


def _log(run: Run, points: list[_Point], end: float) -> Log:
    rows = [(run.exposed(one.t), one.celsius, one.humidity) for one in points]
    return log_of(rows[0][0], run.exposed(end), rows, "celsius", "humidity")


def seconds_held(log: Log, band: BandOf) -> float:
    """Seconds of the exposure in which temperature and humidity were inside their bands."""
    inside = np.ones(len(log.t), dtype=np.bool_)
    for name, column in ((HEAT, log.column("celsius")), (WET, log.column("humidity"))):
        low, high = band(*name) or (-np.inf, np.inf)
        inside &= (column >= low) & (column <= high)
    return log.seconds * share_held(np.array(log.t), inside)[0]


@dataclass(frozen=True)
class DampDose:
    """The exposure `held` of `device` that was to be at `climate`."""

    device: Device
    held: Held
    climate: Climate

    def factor(self, mc: MonteCarlo) -> Draws:
        """Damage that was done over that of the climate as it is stated, shape (draws + 1,)."""
        known = self.device.sample.properties
        energy = known.get(ENERGY, Quantity(0.0, "eV"))
        exponent = 0.0 if EXPONENT not in known else self.device.stated(mc, EXPONENT, "1")
        wetter = 1.0 + self._humidity(mc) / self.climate.humidity
        hotter = np.exp(thermal(energy, self.climate.celsius) * self._kelvin(mc))
        return (np.maximum(wetter, 0.0) ** exponent * hotter)[:, 0]

    def observed(self, mc: MonteCarlo, band: BandOf) -> list[Observed]:
        """Duration, temperature and relative humidity as they were."""
        log = self.held.log
        heat_u, wet_u = spread(self._kelvin(mc)), spread(self._humidity(mc))
        return [
            observed_amount("duration", seconds_held(log, band), "s"),
            observed_log(*HEAT, log.t, log.column("celsius"), heat_u, band(*HEAT)),
            observed_log(*WET, log.t, log.column("humidity"), wet_u, band(*WET)),
        ]

    def unstated(self) -> tuple[Unstated, ...]:
        """What neither the bench nor the sample's sheet states."""
        bench = (Unstated(n) for n in CONTRIBUTIONS if n not in self.device.contributions)
        known = self.device.sample.properties
        return (*bench, *(Unstated(n, "sample") for n in (ENERGY, EXPONENT) if n not in known))

    def _kelvin(self, mc: MonteCarlo) -> Draws:
        off = float(self.held.log.column("celsius").mean()) - self.climate.celsius
        probe = mc.mean(self.held.begun.probe.readings())
        own = self._drawn(mc, "probe_temperature", "K")
        return off + probe - probe[0] + own + self._drawn(mc, "chamber_temperature", "K")

    def _humidity(self, mc: MonteCarlo) -> Draws:
        off = float(self.held.log.column("humidity").mean()) - self.climate.humidity
        sensor = mc.mean(self.held.begun.humidity.readings())
        return off + sensor - sensor[0] + self._drawn(mc, "chamber_humidity", "%")

    def _drawn(self, mc: MonteCarlo, name: str, unit: str) -> Draws | float:
        known = self.device.contributions.get(name)
        return 0.0 if known is None else known.to(unit).u * mc.normal(f"bench/{name}")
