"""Shots of a pulsed laser: the energy and the shape of each, by energy meter and oscilloscope.

Both instruments wait for the same pulse, and each shot counts only where both had it at the same
time: a pulse that one of them missed sets them a whole period apart. The laser must therefore fire
slowly. Shots are reduced as they come.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
import numpy as np

from drivers.roles.oscilloscope import Waveform
from labctl import clock
from labctl.asking.prompts import ChoicePrompt
from labctl.errors import InstrumentError, OperatorError
from labctl.evidence import Reading
from labctl.i18n import N_
from labctl.run import Run
from procedures.analysis.pulse_shape import Grounded, NoPulse, grounded
from rigs.pulses import PulsesRig

T = TypeVar("T")

WARM = 20.0
"""Seconds from the opening of the shutter to the first shot."""

TOGETHER = 0.25
"""Part of a period within which both instruments must have had a shot."""

FIRST_SPAN, FIRST_LEVEL = 4.0, 0.06
"""V of the screen and of the trigger for the first look."""

ROOM, LEVEL, LOWER = 1.35, 0.25, 0.4
"""Span over the highest voltage seen; trigger level over it; centre of the screen over the span."""

CLEAR = 20.0
"""The top must stand so many times the noise of a point above it."""

HEADROOM = 1.3
"""The range of the energy meter holds so many times the energy of the sheet."""

TRIGGER = 0.02
"""Trigger level of the energy meter, part of its range."""

FASTEST = 5.0
"""Pulses a second up to which the times of two instruments tell their shots apart."""

STEADY = 0.1
"""Part by which the rate that was met may differ from that of the sheet."""

OUT, IN = "out", "in"
TEXTS = {
    OUT: N_("Take the filter of half out of the beam to the photodiode; the shutter is closed"),
    IN: N_("Put the filter of half into the beam to the photodiode; the shutter is closed"),
}


class Plan(msgspec.Struct, frozen=True):
    """What the sheet tells, and how the record is laid: `wavelength` in m, `energy` in J, `rate` in
    1/s of the pulses; `duration` and `delay` of the record in s, `sampling` in 1/s."""

    wavelength: float
    energy: float
    rate: float
    duration: float
    delay: float
    sampling: float


class Shape(msgspec.Struct, frozen=True):
    """What was read of a record: the `area` in V s and a `height` in V (the top of a short pulse,
    the settled level of a long one), `seen` the height as recorded, `doubt` of it in V, `width` in
    s, relative `change` along the settled part."""

    area: float
    height: float
    seen: float
    doubt: float
    width: float
    change: float


class Shot(msgspec.Struct, frozen=True):
    """One shot: its energy in J, its shape, whether the record was `clipped`, whether its top was
    `clear` of noise, and the step of its baseline over its height."""

    energy: Reading
    shape: Shape
    clipped: bool
    clear: bool
    step: float

    @property
    def duration(self) -> float:
        """Area over height in s: energy over it is the power."""
        return self.shape.area / self.shape.height


class Series(msgspec.Struct, frozen=True):
    """`shots` of one series, how many pairs were `dropped` since they were no pair, the repetition
    rate in 1/s that was met."""

    shots: tuple[Shot, ...]
    dropped: int
    rate: float


Read = Callable[[Waveform, Grounded], Shape]


async def series(
    run: Run, rig: PulsesRig, name: str, where: str, plan: Plan, count: int, read: Read
) -> Series:
    """`count` shots with the photodiode's filter `where` it is asked to be, as one step; the
    shutter is closed at its end. `InstrumentError` without pulses, or where every second pair is
    none."""
    prompt = ChoicePrompt(f"{name}/filter", TEXTS[where], options=(where, "no"), simulated=where)
    if await run.ask(prompt) != where:
        raise OperatorError(
            f"the filter is not {where}", remedy="do with the filter as you are asked"
        )
    return await run.step(name, lambda: _taken(run, rig, name, plan, count, read), Series)


async def _taken(run: Run, rig: PulsesRig, name: str, plan: Plan, count: int, read: Read) -> Series:
    await rig.shutter.shutter(False)
    await _arranged(rig, plan)
    await rig.shutter.shutter(True)
    await clock.sleep(WARM)
    await _scaled(rig, plan)
    shots, dropped = list[Shot](), 0
    while len(shots) < count:
        shot = await _one(rig, plan, read)
        if shot is None:
            dropped += 1
            if dropped > count:
                raise InstrumentError(
                    "energy meter and oscilloscope do not see the same pulses",
                    address=rig.energy_meter.address,
                    remedy="check the trigger levels of both, and the laser's repetition rate",
                )
        else:
            shots.append(shot)
            await run.record(f"{name}/energy", shot.energy)
    rate = (await rig.energy_meter.repetition_rate()).value
    await rig.shutter.shutter(False)
    return Series(tuple(shots), dropped, rate)


async def _arranged(rig: PulsesRig, plan: Plan) -> None:
    meter, scope = rig.energy_meter, rig.scope
    await meter.set_wavelength(plan.wavelength)
    await meter.set_range(HEADROOM * plan.energy)
    await meter.set_trigger(TRIGGER)
    await meter.set_attenuation(0.0)
    await _screen(rig, FIRST_SPAN, FIRST_LEVEL)
    await scope.set_timebase(plan.duration, delay=plan.delay)
    await scope.set_sample_rate(plan.sampling)


async def _screen(rig: PulsesRig, span: float, level: float) -> None:
    """A screen of `span` in V, triggered at `level` in V."""
    await rig.scope.set_channel(
        1, span=span, offset=LOWER * span, coupling="dc", impedance="50", probe=1.0
    )
    await rig.scope.set_trigger(1, level=level, slope="rising")


async def _scaled(rig: PulsesRig, plan: Plan) -> None:
    """The screen by the first pulses: twice, since the first look is coarse."""
    for _ in range(2):
        await rig.scope.arm()
        await rig.scope.wait(timeout=3.0 / plan.rate)
        wave = await rig.scope.waveform(1)
        if wave.clipped:
            raise InstrumentError(
                "the photodiode gives more than the screen holds",
                address=rig.scope.address,
                remedy="weaken the beam to the photodiode",
            )
        highest = float(grounded(wave.time.values, wave.voltage.values).volts.max())
        await _screen(rig, ROOM * highest, LEVEL * highest)


async def _one(rig: PulsesRig, plan: Plan, read: Read) -> Shot | None:
    """The next shot; None where the two instruments did not have the same."""
    patience = 3.0 / plan.rate
    await rig.scope.arm()
    both = await asyncio.gather(
        _timed(rig.energy_meter.energy(timeout=patience)),
        _timed(rig.scope.wait(timeout=patience)),
        return_exceptions=True,
    )
    energy, waited = both
    if isinstance(energy, BaseException):
        raise energy
    if isinstance(waited, BaseException):
        raise waited
    if abs(energy[1] - waited[1]) > TOGETHER / plan.rate:
        return None
    wave = await rig.scope.waveform(1)
    found = grounded(wave.time.values, wave.voltage.values)
    try:
        shape = read(wave, found)
    except NoPulse as error:
        raise InstrumentError(
            f"the record shows no whole pulse: {error}",
            address=rig.scope.address,
            remedy="check pulse width and energy of the sheet, trigger, and photodiode",
        ) from error
    step = found.step / shape.height
    return Shot(energy[0], shape, wave.clipped, shape.height > CLEAR * found.noise, step)


async def _timed(doing: Awaitable[T]) -> tuple[T, float]:
    """What `doing` gives, and the run time in s at which it did."""
    result = await doing
    return result, clock.now()


def effective(shots: tuple[Shot, ...]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Area over height of `shots` in s, shape (n,)."""
    return np.array([shot.duration for shot in shots])
