"""The flow cell of a sensor chip: what is in it, what is plated, what flows.

Fits `ElectrochemicalPort`, `CommonTerminal` and `OperatorPort`. Liquid comes from a syringe. A new
syringe replaces what is in the cell when its dead volume has passed; each further fill of a
cell's volume of a blank brings residues of its own. At rest a film dissolves slowly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from math import tanh

import numpy as np

from labctl.quantity import Quantity
from sim_backends.data.voltammetry import (
    METALS,
    PROBE_CONCENTRATION,
    PROBE_DIFFUSION,
    PROBE_POTENTIAL,
)
from sim_backends.models.electrode_background import DoubleLayer, faradaic
from sim_backends.models.reference.redox_couple import RedoxCouple
from sim_backends.models.sensor_chip import NAMES, SensorChip
from sim_backends.models.stripping import Rates, grown, growths, plating_charge, rates
from sim_backends.models.syringe import Syringe
from sim_backends.streams import stream

FILL = 4.0e-7
"""m3 of a fill: some times the volume over the electrodes."""

AT_REST = 900.0
"""Seconds in which a film at rest dissolves to 1/e."""

STIR = 0.01
"""Relative standard deviation of the mass transfer from one deposition to the next."""

OXYGEN_LEFT = 0.02
"""Relative standard deviation of the oxygen that is left in a syringe."""

LEAKAGE = 2e-9
"""A/V of a pad without an electrode."""

SERIES, OPEN_CIRCUIT = 120.0, 0.15
"""Ohm of the solution; V of an electrode that nothing drives."""

BLANK, SAMPLE, PROBE = "reagent blank", "water sample", "redox probe"


class SensorCell:
    """`chip` fed from `syringe`; `standards` are the true over the stated concentrations of the
    standard solutions by metal, `dilution` the relative standard deviation of preparing one."""

    def __init__(
        self,
        chip: SensorChip,
        syringe: Syringe,
        *,
        standards: Sequence[float],
        dilution: float,
        seed: int,
        t0: float,
    ) -> None:
        self.chip = chip
        self._syringe = syringe
        self._standards, self._dilution, self._seed = tuple(standards), dilution, seed
        self._t = t0
        self._applied: float | None = None
        self._pad = 0
        self._kind = BLANK
        self._added = [0.0] * len(METALS)
        self._loaded, self._fills, self._loads = 0.0, -1, 0
        self._wet = False
        self._now = (0.0,) * len(METALS)
        self._stir, self._oxygen = 1.0, 1.0
        self._films = [0.0] * len(METALS)
        self._uses = 0
        self._plated = False
        self._rates: Rates = rates(0.0)
        self._layers = [DoubleLayer(area) for area in chip.areas]
        self._probes = [_probe(area) for area in chip.areas]
        self._charges = [self._charge(area) for area in chip.areas]
        self._growths = self._grow()

    def _charge(self, area: float) -> tuple[float, ...]:
        pairs = zip(METALS, self.chip.affinity, strict=True)
        return tuple(share * plating_charge(metal, area) for metal, share in pairs)

    # ElectrochemicalPort

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `t`; `voltage` in V is applied from `t` on."""
        self._go(t)
        if not self._connected:
            return LEAKAGE * voltage
        potential = voltage + self.chip.shift
        wet = self._wetted()
        if self._kind == PROBE:
            self._applied = voltage
            return wet * self._probes[self._pad].current(potential, t)
        if voltage != self._applied:
            self._applied, self._rates = voltage, rates(potential)
        found, total = self._rates, 0.0
        for strip, plate, film, growth in zip(
            found.strip, found.plate, self._films, self._growths, strict=True
        ):
            total += strip * film - growth * plate
        area = self.chip.areas[self._pad]
        total += faradaic(potential, area, self._oxygen) + self._layers[self._pad].current(voltage)
        return wet * total

    def voltage(self, current: float, t: float) -> float:
        """Potential in V with `current` in A driven at `t`."""
        self._go(t)
        return OPEN_CIRCUIT + current * SERIES

    def impedance(self, frequency: float, voltage: float, t: float) -> complex:
        """Solution resistance and double layer of the pad in Ohm at `frequency` in Hz."""
        self._go(t)
        area = self.chip.areas[self._pad] or 1e-12
        return SERIES + 1.0 / (2j * math.pi * frequency * 0.2 * area)

    def disconnect(self, t: float) -> None:
        """At rest from `t` on."""
        self._go(t)
        self._applied = None

    # CommonTerminal

    def route(self, channel: int, t: float) -> None:
        """The pad behind `channel` (101...) is connected, or none."""
        self._go(t)
        self._applied = None
        self._pad = channel - 101 if channel else len(self.chip.areas)
        self._growths = self._grow()

    # OperatorPort

    def acted(self, prompt: str, value: object, t: float) -> None:
        """`.../syringe`: filled with what was chosen; `.../<metal>` and `.../all metals`: so much
        was added to what it holds."""
        self._go(t)
        name = prompt.rpartition("/")[2]
        if name == "syringe":
            self._kind, self._added = str(value), [0.0] * len(METALS)
            self._load(t)
        elif isinstance(value, Quantity) and name in ("all metals", *NAMES):
            error = 1.0 + self._dilution * self._draw("dilution", self._loads)
            for number, metal in enumerate(NAMES):
                if name in (metal, "all metals"):
                    ideal = value.to("ug/L").value * self._standards[number]
                    self._added[number] += ideal * error
            self._load(t)

    def _load(self, t: float) -> None:
        self._loads += 1
        self._loaded, self._fills = self._syringe.delivered(t), -1
        self._oxygen = 1.0 + OXYGEN_LEFT * self._draw("oxygen", self._loads)

    # Inside

    @property
    def _connected(self) -> bool:
        return self._pad < len(self.chip.areas) and self.chip.areas[self._pad] > 0.0

    def _draw(self, *names: object) -> float:
        return float(stream(self._seed, "sensor cell", *map(str, names)).standard_normal())

    def _wetted(self) -> float:
        if self._wet:
            return 1.0
        passed = self._syringe.delivered(self._t) / self.chip.dead_volume - 1.0
        share = 0.5 * (1.0 + tanh(passed / self.chip.mixing))
        self._wet = share > 1.0 - 1e-9
        return share

    def _go(self, t: float) -> None:
        seconds, self._t = t - self._t, max(t, self._t)
        if seconds > 0.0:
            self._pass(seconds)
            self._refill(t)

    def _pass(self, seconds: float) -> None:
        if not self._connected:
            return
        if self._applied is None:
            left = math.exp(-seconds / AT_REST)
            self._films = [film * left for film in self._films]
            return
        self._layers[self._pad].follow(self._applied, seconds)
        if self._kind == PROBE:
            return
        found = self._rates
        self._films = [
            grown(film, growth * plate, strip, seconds)
            for film, growth, plate, strip in zip(
                self._films, self._growths, found.plate, found.strip, strict=True
            )
        ]

    def _refill(self, t: float) -> None:
        passed = self._syringe.delivered(t) - self._loaded - 0.999 * FILL
        fills = int(passed // FILL) if passed >= 0.0 else -1
        if fills <= self._fills:
            return
        self._fills = fills
        self._uses += 1
        key = (self._loads, fills)
        noise = stream(self._seed, "sensor cell", "fill", *map(str, key)).standard_normal(8)
        self._stir = 1.0 + STIR * float(noise[6])
        self._now = self._composition(noise)
        self._growths = self._grow()

    def _grow(self) -> tuple[float, ...]:
        if not self._connected:
            return (0.0,) * len(METALS)
        worn = (1.0 - self.chip.fouling) ** self._uses * self._stir
        return tuple(worn * one for one in growths(self._charges[self._pad], self._now))

    def _composition(self, noise: np.ndarray) -> tuple[float, ...]:
        chip, sample = self.chip, self._kind == SAMPLE
        return tuple(
            max(mean + spread * float(one), 0.0) + (held if sample else 0.0) + added
            for mean, spread, one, held, added in zip(
                chip.residue, chip.scatter, noise, chip.sample, self._added, strict=False
            )
        )


def _probe(area: float) -> RedoxCouple:
    return RedoxCouple(
        standard=PROBE_POTENTIAL,
        area=area,
        concentration=PROBE_CONCENTRATION,
        diffusion=PROBE_DIFFUSION,
        rs=SERIES,
    )
