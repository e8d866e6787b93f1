"""A microfluidic sensor chip for metal ions, by its physical parameters."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim_backends.data.voltammetry import METALS


@dataclass(frozen=True, slots=True)
class SensorChip:
    """One chip with its method of analysis. Metals are in the order of `METALS`.

    `affinity`: part of the arriving ions that is plated, 0 where the electrode takes none.
    `residue` mean and `scatter` standard deviation of what a fill of the reagent blank shows of
    each metal, in ug/L; `sample` what the water sample holds, in ug/L. `areas` of the working
    electrodes on all pads in m2, 0 of a dead one. `shift` of the chip's own reference electrode in
    V. `fouling`: part of the sensitivity that each analysis takes. `dead_volume` in m3 between
    syringe and electrodes and its relative `mixing`. The method: `flow` in m3/s, `pretreatment`
    and `deposition` in s.
    """

    affinity: tuple[float, ...]
    residue: tuple[float, ...]
    scatter: tuple[float, ...]
    sample: tuple[float, ...]
    areas: tuple[float, ...]
    shift: float
    fouling: float
    dead_volume: float
    mixing: float
    flow: float
    pretreatment: float
    deposition: float


def detected(chip: SensorChip) -> int:
    """How many metals the chip plates at all, of those that its sample holds."""
    pairs = zip(chip.affinity, chip.sample, strict=True)
    return sum(1 for share, held in pairs if share > 0.0 and held > 0.0)


def working_arrays(chip: SensorChip) -> int:
    """How many electrodes answer."""
    return sum(1 for area in chip.areas if area > 0.0)


def detection_limit(chip: SensorChip) -> float:
    """The worst detection limit of all metals in ug/L: three standard deviations of the blank."""
    return 3.0 * max(chip.scatter)


def with_scatter(chip: SensorChip, worst: float) -> SensorChip:
    """`chip` with the scatter of all blanks scaled so that the worst is `worst` in ug/L.

    The residues scale too: it is they that scatter.
    """
    factor = worst / max(chip.scatter)
    return replace(
        chip,
        scatter=tuple(one * factor for one in chip.scatter),
        residue=tuple(one * factor for one in chip.residue),
    )


def without(chip: SensorChip, dead: tuple[int, ...]) -> SensorChip:
    """`chip` whose electrodes take none of the metals with the numbers `dead`."""
    shares = tuple(0.0 if n in dead else one for n, one in enumerate(chip.affinity))
    return replace(chip, affinity=shares)


FILLED = 0.98
"""Part of the final signal at which the cell counts as filled."""

SWEEP = (-1.165, 0.545, 0.01, 25.0)
"""The method's sweep: begin and end in V, step in V, steps a second."""


def filling(chip: SensorChip) -> float:
    """Seconds from the pump's start until the signal of the wetted electrode is at `FILLED`."""
    from math import atanh

    late = chip.mixing * atanh(2.0 * FILLED - 1.0)
    return chip.dead_volume * (1.0 + late) / chip.flow


def analysis_time(chip: SensorChip) -> float:
    """Seconds from sample in to result out: filling, pretreatment, deposition, sweep."""
    begin, end, step, rate = SWEEP
    sweep = (round((end - begin) / step) + 1) / rate
    return filling(chip) + chip.pretreatment + chip.deposition + sweep


NAMES = tuple(metal.name for metal in METALS)
"""Names of the metals."""
