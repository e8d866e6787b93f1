"""What a simulated instrument writes on its device of the bench `reference`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sim_backends.modules import emulator_class, world
from sim_backends.plugs.file_writer import Piece
from sim_backends.streams import stream

PORTS = {
    "andi": "bottled_gas",
    "chi_text": "voltammetry_cell",
    "gwy": "grating",
    "hdf5": "profiled_beam",
    "jcamp_dx": "neon_lamp",
    "klarf": "wafer",
    "land_csv": "coin_cell",
    "logger": "flash",
    "neware_csv": "coin_cell",
    "picture": "printed_sheet",
    "png": "profiled_beam",
    "spectrum_csv": "neon_lamp",
    "tdms": "specimen",
    "tensile_csv": "specimen",
    "tiff": "profiled_beam",
    "touchstone": "attenuator",
    "wafer_csv": "wafer",
    "x3p": "grating",
    "xrdml": "crystal",
}
"""The device that each measures."""

SERIAL = "SIM-00000042"
SEEDS = range(3)


def make(name: str, seed: int = 1, **options: Any) -> Any:
    """The emulator `files.<name>` on its device."""
    ports = world("reference").build(None, seed=seed, t0=0.0).ports
    rng = stream(seed, "emulator", name)
    return emulator_class(f"files.{name}")(ports[PORTS[name]], serial=SERIAL, rng=rng, **options)


def pieces(writer: Any, until: float) -> list[tuple[float, Piece]]:
    """All that it writes until run time `until` in s, with the times."""
    found: list[tuple[float, Piece]] = []
    while (due := writer.due()) is not None and due <= until:
        found += [(due, piece) for piece in writer.send(due)]
    return found


@lru_cache
def first(name: str, seed: int = 1) -> bytes:
    """The first file."""
    return content(make(name, seed))


def content(writer: Any) -> bytes:
    """The first file of `writer`."""
    return b"".join(piece.data for _, piece in pieces(writer, 10.0))


def truth(name: str) -> dict[str, float]:
    """What is true of its device, in SI units."""
    told = world("reference").build(None, seed=1, t0=0.0).truth[PORTS[name]]
    return {key: value for key, (value, _) in told.items()}
