"""Active and reactive power at the point of common coupling, and what of it the units make.

The analyser counts from the grid into the site, on the secondary of the current transformer. The
power of the units together is what the site draws with the units at 0 W less what it draws now:
loads beside the units, their own consumption and the analyser's zero on one range cancel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from drivers.roles.power_analyzer import PowerReading
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from procedures.methods.contributions import unknown
from procedures.methods.trace import Trace, trace
from rigs.power import PowerRig

NOMINAL, HERTZ = 230.0, 50.0
"""Voltage in V and frequency in Hz between events."""

PHASE = "transformer_phase"
"""Contribution that the bench states: phase displacement of the current transformer, in rad."""

DEAD = 0.5
"""Part of the nominal voltage below which there is no grid."""


class Seen(msgspec.Struct, frozen=True):
    """Readings of the analyser, one after another: power in W and reactive power in var on the
    secondary side, voltage in V."""

    power: Trace
    reactive: Trace
    voltage: Trace

    @property
    def mean_voltage(self) -> float:
        """In V."""
        return float(self.voltage.array.mean())


async def set_range(rig: PowerRig, power: float) -> None:
    """Ranges of the analyser for apparent power up to `power` in V*A at the primary."""
    ratio = rig.current_transformer.ratio.value
    await rig.analyzer.set_range(1, voltage=NOMINAL, current=power / (NOMINAL * ratio))


async def look(rig: PowerRig) -> PowerReading:
    """One reading; `InstrumentError` where there is no voltage: the grid is lost."""
    found = await rig.analyzer.measure(1)
    if found.voltage.value < DEAD * NOMINAL:
        raise InstrumentError(
            "the grid is lost: there is no voltage at the point of common coupling",
            address=rig.grid.address,
            answer=f"{found.voltage.value:.3g} V",
            remedy="see why the grid simulator went off, then resume the run",
        )
    return found


async def read(run: Run, rig: PowerRig, channel: str, count: int, after: float = 0.0) -> Seen:
    """`count` readings on `channel`, from `after` s on. Call it inside a step."""
    await clock.sleep(after)
    found = [await look(rig) for _ in range(count)]
    await run.record(f"{channel}/power", *(one.power for one in found))
    await run.record(f"{channel}/reactive", *(one.reactive_power for one in found))
    return seen_of(found)


def seen_of(found: Sequence[PowerReading]) -> Seen:
    """Readings put together, at least one."""
    return Seen(
        trace([one.power for one in found]),
        trace([one.reactive_power for one in found]),
        trace([one.voltage for one in found]),
    )


def made(idle: Reading, now: Reading) -> Reading:
    """What the units make of a quantity, on the secondary side, as one reading.

    Both were read on one range: the part of the limits of error that belongs to the range is the
    same in both and cancels; that which grows with the reading, and what the power factor adds to
    one of them, stay.
    """
    line, other = now.accuracy, idle.accuracy
    if line is not None and other is not None and line.range == other.range:
        line = msgspec.structs.replace(line, offset=abs(line.offset - other.offset))
    return msgspec.structs.replace(now, value=idle.value - now.value, accuracy=line)


def joined(first: Trace, second: Trace) -> Trace:
    """Both series as one; they must be of one instrument."""
    return trace([*first.readings(), *second.readings()])


def mean_reading(series: Trace) -> Reading:
    """The mean of `series` as one reading with the sheet's line of its last one."""
    last = series.readings(len(series.values) - 1)[0]
    return msgspec.structs.replace(last, value=float(series.array.mean()))


def ratio_draws(mc: MonteCarlo, ratio: Quantity) -> Draws:
    """Ratio of the current transformer, shape (draws + 1, 1), dimensionless."""
    return mc.quantity("current transformer", ratio)


def units_draws(mc: MonteCarlo, name: str, idle: Trace, now: Trace, ratio: Quantity) -> Draws:
    """Draws of what the units make, in the unit of both series, at the primary.

    Shape (draws + 1, 1). `name` tells the scatter of these means from that of others.
    """
    one = made(mean_reading(idle), mean_reading(now))
    freedom = max(len(now.values) - 1, 1)
    scatter = mc.certified(f"scatter/{name}", spread_of_means(idle, now), student(freedom))
    return ratio_draws(mc, ratio) * (mc.readings([one]) + scatter)


def spread_of_means(idle: Trace, now: Trace) -> float:
    """Standard deviation of the difference of both means by their scatter, in their unit."""
    parts = [
        float(np.var(one.array, ddof=1)) / len(one.values)
        for one in (idle, now)
        if len(one.values) > 1
    ]
    return float(np.sqrt(sum(parts)))


def phase_draws(mc: MonteCarlo, contributions: Mapping[str, Quantity], other: float) -> Draws:
    """Draws of the error in W (or var) of a power by the transformer's phase, where `other` var (or
    W) flows, shape (draws + 1, 1)."""
    return other * unknown(mc, contributions, PHASE, "rad")
