"""The band gap of the sample from the file of a quantum efficiency system, as a condition."""

from __future__ import annotations

import msgspec
import numpy as np

from labctl.errors import InstrumentError
from labctl.evidence import Observed
from labctl.i18n import N_
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.words import Text
from procedures.analysis.band_gap import band_gap, band_gap_u
from procedures.methods.observing import observed_amount
from rigs.tandem import TandemRig

OFFSET = "wavelength_offset"
"""Contribution of the bench: error of the quantum efficiency system's wavelengths, in m."""

HOW = N_(
    "Band gap {gap} eV with U = {expanded} eV: mean energy of the derivative of the external "
    "quantum efficiency about its inflection (Rau 2017), from the file {name}, SHA-256 {sha256}."
)


class Edge(msgspec.Struct, frozen=True):
    """The external quantum `efficiency` (fraction) at each `wavelength` in m, of a file."""

    name: str
    sha256: str
    wavelength: tuple[float, ...]
    efficiency: tuple[float, ...]


async def read_edge(run: Run, rig: TandemRig) -> Edge:
    """The newest complete file of the quantum efficiency system.

    `InstrumentError` where its values are no efficiencies, or show no absorption edge.
    """

    async def read() -> Edge:
        found = await rig.efficiency.latest()
        values = found.result.signal.values
        if found.result.signal.unit != "dimensionless" or not np.nanmax(values) <= 1.2:
            raise InstrumentError(
                "the file holds no quantum efficiency as a part of one or in percent",
                address=rig.efficiency.address,
                answer=f"{found.file.name}: up to {np.nanmax(values):g}",
                remedy="export the external quantum efficiency in %",
            )
        wavelength = found.result.wavelength.values
        try:
            band_gap(wavelength, values)
        except ValueError as error:
            raise InstrumentError(
                f"the file shows no band gap: {error}",
                address=rig.efficiency.address,
                answer=found.file.name,
                remedy="measure to longer wavelengths, in steps of a few nm about the edge",
            ) from error
        told = (tuple(each.tolist()) for each in (wavelength, values))
        return Edge(found.file.name, found.file.sha256, *told)

    return await run.step("efficiency", read, Edge)


def observed_gap(run: Run, edge: Edge) -> tuple[Observed, Text]:
    """The band gap in eV as it was observed, and how, in words."""
    wavelength, efficiency = np.array(edge.wavelength), np.array(edge.efficiency)
    known = run.contributions.get(OFFSET)
    u = band_gap_u(wavelength, efficiency, 0.0 if known is None else known.to("m").u)
    gap = band_gap(wavelength, efficiency)
    words = {"gap": f"{gap:.3f}", "expanded": f"{2.0 * u:.3f}"}
    told = Text(HOW, {**words, "name": edge.name, "sha256": edge.sha256})
    return observed_amount("bandgap", gap, "eV", u), told


def unstated(run: Run) -> tuple[Unstated, ...]:
    """The contribution to the band gap, where the bench does not state it."""
    return () if OFFSET in run.contributions else (Unstated(OFFSET),)
