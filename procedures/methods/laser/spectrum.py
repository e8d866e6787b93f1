"""Spectra of the lines of a Raman laser, dark and lit, each order in a window of its own."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from drivers.roles.optical_spectrum_analyzer import OpticalSpectrum
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Reading
from labctl.run import Run
from rigs.laser import LaserRig

Array = NDArray[np.float64]

RAMAN_SHIFT = 133_230.0
"""First-order Raman line of diamond in 1/m (1332.3 1/cm: A. M. Zaitsev, Optical Properties of
Diamond, 2001)."""

MOST_ORDERS = 6
"""Orders that are looked for, as far as the analyser reaches."""

WARM = 60.0
"""Seconds of light before the first sweep."""

PAUSE = 90.0
"""Seconds between sweeps that are to tell how a line wanders: long against some 20 s of memory, or
their scatter would tell too little."""


class Window(msgspec.Struct, frozen=True):
    """Where an order is swept: `half` width and `resolution` in m, `floor` in dBm that the noise
    of the analyser must lie below."""

    half: float
    resolution: float
    floor: float


class Swept(msgspec.Struct, frozen=True):
    """One sweep about `order`: wavelengths from `start` to `stop` in m, `levels` in dBm within
    `resolution` in m."""

    order: int
    start: float
    stop: float
    resolution: float
    levels: tuple[float, ...]

    @property
    def wavelengths(self) -> Array:
        """Wavelengths in m, shape (n,)."""
        return np.linspace(self.start, self.stop, len(self.levels))

    @property
    def watts(self) -> Array:
        """Levels in W, shape (n,)."""
        return 1e-3 * 10.0 ** (np.array(self.levels) / 10.0)


class Spectra(msgspec.Struct, frozen=True):
    """`dark` and `lit` sweeps, the lit ones repeat after repeat; `reached` is the highest order
    within the analyser's range."""

    reached: int
    dark: tuple[Swept, ...]
    lit: tuple[Swept, ...]

    def of(self, order: int) -> tuple[Swept, ...]:
        """The lit sweeps of `order`."""
        return tuple(one for one in self.lit if one.order == order)

    def dark_of(self, order: int) -> Swept:
        """The dark sweep of `order`."""
        return next(one for one in self.dark if one.order == order)


def stokes_wavelength(pump: float, order: int) -> float:
    """Vacuum wavelength in m of the Stokes line of `order` for a `pump` in m."""
    return 1.0 / (1.0 / pump - order * RAMAN_SHIFT)


async def spectra(
    run: Run, rig: LaserRig, orders: Sequence[int], window: Window, repeats: int
) -> Spectra:
    """Dark and lit sweeps of `orders` at the rated pump, as one step; what lies beyond the analyser
    is left out. Shutter closed and pump off at its end."""
    sheet = run.sample
    pump = sheet.quantity("pump_wavelength", "m").value
    setting = sheet.quantity("rated_pump_setting", "W").value
    centres = {order: stokes_wavelength(pump, order) for order in orders}

    async def read() -> Spectra:
        await rig.shutter.shutter(False)
        await rig.spectrum.set_averages(1)
        dark = await _each(run, rig, centres, window)
        within = {order: centres[order] for order in sorted({one.order for one in dark})}
        await rig.pump.set_pulses(frequency=0.0, width=0.0)
        await rig.pump.set_power(setting)
        await rig.pump.emission(True)
        await rig.shutter.shutter(True)
        await clock.sleep(WARM)
        lit = list[Swept]()
        for _ in range(repeats):
            lit += await _each(run, rig, within, window)
            await clock.sleep(PAUSE)
        await rig.shutter.shutter(False)
        await rig.pump.emission(False)
        return Spectra(max(within, default=0), tuple(dark), tuple(lit))

    return await run.step("spectra", read, Spectra)


async def _each(run: Run, rig: LaserRig, centres: dict[int, float], window: Window) -> list[Swept]:
    """One sweep about each centre in m that the analyser reaches."""
    found = list[Swept]()
    for order, centre in centres.items():
        try:
            await rig.spectrum.set_span(centre - window.half, centre + window.half)
        except LimitRefused:
            break
        await rig.spectrum.set_resolution(window.resolution)
        await rig.spectrum.set_sensitivity(window.floor)
        trace = await rig.spectrum.sweep()
        await run.record(f"spectrum/order {order}", _highest(trace))
        found.append(_plain(order, trace))
    return found


def _plain(order: int, trace: OpticalSpectrum) -> Swept:
    ends = float(trace.wavelength.values[0]), float(trace.wavelength.values[-1])
    levels = tuple(round(float(one), 4) for one in trace.level.values)
    return Swept(order, *ends, trace.resolution, levels)


def _highest(trace: OpticalSpectrum) -> Reading:
    of = trace.level
    return Reading(
        float(of.values.max()), of.unit, of.t, of.utc, of.address, of.serial, of.accuracy
    )
