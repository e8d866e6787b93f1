"""Lengths gauged by an operator at several places, one after another, in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drivers.roles.dimension_gauge import DimensionGauge
from labctl import clock
from labctl.asking.prompts import TextPrompt
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.trace import Trace, trace

SETTING, WARMTH = "jaw_alignment", "sample_temperature"
GAUGE = (SETTING, WARMTH)
"""Contributions that the bench states: of one setting of the jaws (m), and of the sample's
temperature about 20 degC (K)."""

EXPANSION = "expansion_coefficient"
"""Property of the sheet, linear, 1/K."""

READY, NEXT, STILL = 70.0, 10.0, 1.0
"""Seconds to make ready, from place to place, and between two readings of jaws at rest."""

ALIKE = 20e-6
"""Difference in m of two readings of jaws that rest: twice the step of a caliper's display."""

TRIES = 30
"""Readings after which jaws that do not rest are given up."""

ASKED = N_(
    "Caliper zeroed and at hand. The places are gauged in turn, {seconds} s each, as the run "
    "tells: {places}. Answer when ready."
)


async def gauged(
    run: Run, gauge: DimensionGauge, name: str, places: Mapping[str, int]
) -> dict[str, Trace]:
    """Readings in m by key of `places` (key -> how many), in that order.

    The operator is asked once; an interrupted series is begun anew. `InstrumentError` where the
    jaws do not come to rest.
    """
    told = ", ".join(f"{key} {index + 1}" for key, n in places.items() for index in range(n))
    words = Text(ASKED, {"seconds": f"{NEXT:g}", "places": told})
    await run.ask(TextPrompt(f"{name}/ready", words, proposed="ready", simulated="ready"))

    async def series() -> dict[str, Trace]:
        await clock.sleep(READY - NEXT)
        found: dict[str, Trace] = {}
        for key, count in places.items():
            readings = [await _at_rest(run, gauge, f"{key} {index + 1}") for index in range(count)]
            await run.record(f"{name}/{key}", *readings)
            found[key] = trace(readings)
        return found

    return await run.step(f"{name}/places", series, dict[str, Trace])


async def _at_rest(run: Run, gauge: DimensionGauge, place: str) -> Reading:
    run.progress(0.5, place)
    await clock.sleep(NEXT)
    before = await gauge.length()
    for _ in range(TRIES):
        await clock.sleep(STILL)
        now = await gauge.length()
        if abs(now.value - before.value) <= ALIKE:
            return now
        before = now
    raise InstrumentError(
        f"the jaws do not rest at {place}", address=gauge.address, remedy="hold the gauge still"
    )


def mean_length(
    mc: MonteCarlo, key: str, read: Trace, contributions: Mapping[str, Quantity], expansion: float
) -> Draws:
    """Draws of the mean over the places in m at 20 degC, shape (draws + 1, 1).

    `expansion` in 1/K. Each setting of the jaws has an error of its own; the gauge's is common.
    """
    n = len(read.values)
    setting = _u(contributions, SETTING, "m") * mc.block("bench/jaw_alignment", key, n).mean(axis=1)
    warm = _u(contributions, WARMTH, "K") * mc.normal("bench/sample_temperature")
    return (mc.mean(read.readings()) + setting[:, None]) * (1.0 - expansion * warm)


def unstated(contributions: Mapping[str, Quantity], known: Sequence[str]) -> tuple[Unstated, ...]:
    """What neither the bench nor the sample's sheet (`known` properties) states."""
    missing = tuple(Unstated(name) for name in GAUGE if name not in contributions)
    return missing if EXPANSION in known else (*missing, Unstated(EXPANSION, "sample"))


def _u(contributions: Mapping[str, Quantity], name: str, unit: str) -> float:
    return contributions[name].to(unit).u if name in contributions else 0.0
