"""Known things before instruments that write files: a beam, a surface, a crystal, a wafer, a gas,
a lamp, cells, a specimen, an attenuator, a printed sheet, a flash before frames, an absorber."""

from __future__ import annotations

import math
from typing import Any

from sim_backends.data.imaging import SMALL_BED
from sim_backends.emulators.files.wafer_csv import EDGE
from sim_backends.models.frames import Flasher, FrameLog, FrameMethod, bias
from sim_backends.models.imaging.bed import Bed
from sim_backends.models.imaging.sheet import PrintedSheet, area
from sim_backends.models.quantum_efficiency import AbsorptionEdge, EdgeCell
from sim_backends.models.reference.redox_couple import RedoxCouple
from sim_backends.models.specimens.crystal import MosaicCrystal
from sim_backends.models.specimens.cycled_cell import CoinCell
from sim_backends.models.specimens.emission import SpectralLamp
from sim_backends.models.specimens.gas_sample import BottledGas
from sim_backends.models.specimens.gaussian_beam import GaussianBeam
from sim_backends.models.specimens.grating import SinusoidalGrating
from sim_backends.models.specimens.tensile import MetalSpecimen
from sim_backends.models.specimens.two_port import Attenuator
from sim_backends.models.specimens.wafer import BowlWafer, Defect
from sim_backends.streams import stream
from sim_backends.worlds.reference.truth import Truth

BEAM = GaussianBeam(major=1.2e-3, minor=0.8e-3, azimuth=math.radians(20.0), x0=2.05e-3, y0=1.55e-3)
"""On a sensor of 4 mm x 3.2 mm."""

GRATING = SinusoidalGrating(depth=100e-9, pitch=3e-6, roughness=2e-9)
CRYSTAL = MosaicCrystal(bragg=math.radians(17.283), width=math.radians(0.02), peak=50e3, floor=4.0)
"""GaN 0002 for Cu K-alpha1."""

WAFER = BowlWafer(
    mean=725e-6,
    bowl=0.004,
    diameter=0.2,
    defects=(
        Defect(0.0123, 0.0456, 2.4e-6, "particle"),
        Defect(-0.0310, 0.0078, 0.9e-6, "particle"),
        Defect(-0.0525, -0.0333, 12.0e-6, "scratch"),
        Defect(0.0007, -0.0711, 1.6e-6, "pit"),
    ),
)
GAS = BottledGas({"H2": 0.02, "N2": 0.70, "CH4": 0.08, "CO2": 0.20})
LAMP = SpectralLamp(wavelength=640.2248e-9, level=0.7)
"""Neon I in air (NIST Atomic Spectra Database)."""

CELL = CoinCell(
    capacity=3.0e-3 * 3600.0, efficiency=0.995, fade=0.002, resistance=5.0, low=3.0, high=4.2
)
CELL_CURRENT = 2e-3
"""Current in A at which its capacity is told."""

SPECIMEN = MetalSpecimen(
    modulus=70e9, proof=250e6, strength=310e6, hardening=16.0, area=25e-6, length=0.05
)
ATTENUATOR = Attenuator(loss=10.0, return_loss=30.0, delay=100e-12)
STANDARD, CONCENTRATION, DIFFUSION = 0.2, 1.0, 7.6e-10
"""A reversible couple at an electrode of 7.07 mm2: V, mol/m3, m2/s."""

SHEET = PrintedSheet(width=20e-3, height=15e-3, margin=2e-3)
FRAMES = FrameMethod(
    latency=0.3e-3, jitter=0.1e-3, wander=0.03e-3, period=2e-3, dead=0.1e-3, noise=50.0
)
FLASH = Flasher(period=19.73e-3, delay=40e-6)
EDGE_CELL = EdgeCell(AbsorptionEdge(gap=1.67, width=0.028, plateau=0.93, window=3.1))
"""A wide-gap perovskite: gap, spread and window in eV."""

BEAM_TRUTH: Truth = {
    "d4sigma_major": (BEAM.major, "m"),
    "d4sigma_minor": (BEAM.minor, "m"),
    "azimuth": (BEAM.azimuth, "rad"),
}
CELL_TRUTH: Truth = {
    "discharge_capacity": (CELL.discharge_capacity(CELL_CURRENT, 1), "C"),
    "coulombic_efficiency": (CELL.efficiency, "dimensionless"),
}
SPECIMEN_TRUTH: Truth = {
    "modulus": (SPECIMEN.modulus, "Pa"),
    "strength": (SPECIMEN.strength, "Pa"),
}
GAUGED = 0.5 * WAFER.diameter - 1e-3 * EDGE
"""Radius in m within which the wafer is gauged."""

TRUTH: dict[str, Truth] = {
    "profiled_beam": BEAM_TRUTH,
    "grating": {
        "depth": (GRATING.depth, "m"),
        "pitch": (GRATING.pitch, "m"),
        "roughness": (GRATING.roughness, "m"),
    },
    "crystal": {
        "width": (CRYSTAL.width, "rad"),
        "bragg_angle": (CRYSTAL.bragg, "rad"),
    },
    "wafer": {
        "mean_thickness": (WAFER.mean_within(GAUGED), "m"),
        "non_uniformity": (WAFER.half_range_within(GAUGED), "dimensionless"),
        "defects": (float(len(WAFER.defects)), "dimensionless"),
    },
    "bottled_gas": {name: (share, "mol/mol") for name, share in GAS.composition.items()},
    "neon_lamp": {"wavelength": (LAMP.wavelength, "m")},
    "coin_cell": CELL_TRUTH,
    "specimen": SPECIMEN_TRUTH,
    "attenuator": {
        "loss": (ATTENUATOR.loss, "dB"),
        "delay": (ATTENUATOR.delay, "s"),
    },
    "printed_sheet": {"area": (area(SHEET), "m**2")},
    "absorption_edge": {"gap": (EDGE_CELL.edge.gap, "eV")},
    "flash": {"time_error": (bias(FRAMES), "s")},
    "voltammetry_cell": {
        "standard_potential": (STANDARD, "V"),
        "concentration": (CONCENTRATION, "mol/m**3"),
        "diffusion": (DIFFUSION, "m**2/s"),
    },
}
"""What an ideal instrument would read, by port; the wafer's figures within the edge exclusion, the
capacity at 2 mA, the wavelength in air."""


def ports(seed: int, t0: float) -> tuple[dict[str, Any], dict[str, Truth]]:
    """Ports by name at run time `t0` in s, and the truth at each."""
    devices = {
        "profiled_beam": BEAM,
        "grating": GRATING,
        "crystal": CRYSTAL,
        "wafer": WAFER,
        "bottled_gas": GAS,
        "neon_lamp": LAMP,
        "coin_cell": CELL,
        "specimen": SPECIMEN,
        "attenuator": ATTENUATOR,
        "printed_sheet": Bed(SHEET, SMALL_BED, seed, stream(seed, "reference", "camera")),
        "absorption_edge": EDGE_CELL,
        "flash": FrameLog(FRAMES, FLASH, seed),
        "voltammetry_cell": RedoxCouple(
            standard=STANDARD, area=7.07e-6, concentration=CONCENTRATION, diffusion=DIFFUSION
        ),
    }
    return devices, dict(TRUTH)
