"""The true figures of a photo-charging device, computed from its parameters.

For solving devices and for tests: nothing that measures may import this.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.models import stc
from sim_backends.models.photostorage import PhotoStorage, PhotoStorageDevice, lit
from sim_backends.models.roots import root
from sim_backends.models.storage_pack import open_circuit

_COARSE = 60.0
"""Seconds from one look at a discharge to the next; its end is interpolated."""


def emptied(device: PhotoStorageDevice) -> float:
    """State of charge 0..1 at which a steady discharge by the sheet's current is at its cut-off."""
    pack = device.pack
    under = device.current * (pack.resistance + pack.polarisation) + pack.hysteresis

    def above(charge: float) -> float:
        return open_circuit(pack, charge) - under - device.cut_off

    return root(above, -0.3, 1.0, 1e-9)


def conversion_efficiency(
    device: PhotoStorageDevice,
    irradiance: float = stc.IRRADIANCE,
    celsius: float = stc.TEMPERATURE,
) -> float:
    """Energy discharged over the light on the whole face, as a fraction.

    From the end of a discharge at the sheet's current to its cut-off: the sheet's charging time
    under `irradiance` in W/m2 with the module at `celsius` in degC, then the same discharge.
    """
    work = PhotoStorage(device, emptied(device))
    work.pack.polarised = -device.current * device.pack.polarisation
    work.advance(lit(device, irradiance, celsius), device.charging)
    received = irradiance * device.module.area * device.charging
    return _discharged(work) / received


def _discharged(work: PhotoStorage) -> float:
    """Energy in J that comes out at the sheet's current until the cut-off."""
    device = work.device
    work.external = -device.current
    energy, before = 0.0, work.terminal(None)
    if before <= device.cut_off:
        return 0.0
    while True:
        work.advance(None, _COARSE)
        now = work.terminal(None)
        if now < device.cut_off:
            share = (before - device.cut_off) / (before - now)
            return energy + device.current * _COARSE * share * (before + device.cut_off) / 2.0
        energy += device.current * _COARSE * (before + now) / 2.0
        before = now


@dataclass(frozen=True)
class Supply:
    """What the product gets, as it is declared: `phases` of irradiance in W/m2 and time in s,
    `base` and `burst` current in A, a burst of `width` s each `every` s, inside `band` in V."""

    phases: tuple[tuple[float, float], ...]
    base: float
    burst: float
    width: float
    every: float
    band: tuple[float, float]


DECLARED = Supply(
    phases=((1000.0, 3600.0), (300.0, 3600.0), (0.0, 2640.0), (600.0, 2640.0), (0.0, 1920.0)),
    base=0.10,
    burst=0.50,
    width=15.0,
    every=240.0,
    band=(4.75, 5.25),
)
"""The profile as the method declares it."""


def stable_supply(device: PhotoStorageDevice, supply: Supply = DECLARED) -> bool:
    """Whether the output stays inside the band all through the profile."""
    low, high = extremes(device, supply)
    return supply.band[0] <= low and high <= supply.band[1]


def extremes(device: PhotoStorageDevice, supply: Supply = DECLARED) -> tuple[float, float]:
    """Lowest and highest voltage in V at the output during the profile, steps of load included."""
    work = PhotoStorage(device, device.start)
    jump = device.converter.undershoot * (supply.burst - supply.base)
    seen: list[float] = []
    for irradiance, seconds in supply.phases:
        point = lit(device, irradiance, stc.TEMPERATURE)
        for _ in range(round(seconds / supply.every)):
            for load, width in (
                (supply.burst, supply.width),
                (supply.base, supply.every - supply.width),
            ):
                seen.append(work.draw(load, point))
                work.advance(point, width)
                seen.append(work.output)
    return min(seen) - jump, max(seen) + jump
