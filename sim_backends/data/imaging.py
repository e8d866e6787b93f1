"""Cameras, dot plates and what is not known of them: figures with their sources."""

from __future__ import annotations

from dataclasses import dataclass

PLATE_PITCH = 1.0e-4
"""Relative, k = 1. Film and glass dot plates: 1 um + 5 um/m to 50 um/m on glass, 1e-4 on polyester
film (remembered: data sheets of calibration targets of Edmund Optics and Thorlabs)."""

LENS_RESIDUAL = 1.0e-4
"""Relative, of an area: the sample's height over the plate's plane (50 um under a camera at 1 m)
and the distortion that two radial terms leave."""

SAMPLE_TEMPERATURE = 1.0
"""K about 20 degC on a light table in an air-conditioned room."""


@dataclass(frozen=True, slots=True)
class BedData:
    """A camera over a dot plate: `rows`, `columns`, `pitch` of the pixels on the plate in m; dots
    every `dots` m, `across` x `down` of them less those in the middle (`clear`, half widths in
    dots); `edge` is the deviation in m with which the edge of a layer is seen (k = 1)."""

    rows: int
    columns: int
    pitch: float
    dots: float
    across: int
    down: int
    clear: tuple[int, int]
    edge: float


LARGE_BED = BedData(600, 800, 0.6e-3, 10e-3, 47, 33, (21, 14), 30e-6)
"""480 mm x 360 mm on 800 x 600 pixels; the edge is seen within a twentieth of a pixel."""

SMALL_BED = BedData(600, 800, 50e-6, 1e-3, 37, 27, (16, 11), 3e-6)
"""40 mm x 30 mm."""

K1, K2 = (-0.012, 0.003), (0.0, 0.0004)
"""Mean and deviation of the distortion at the corner: machine-vision lenses of fixed focal length
state 0.5 to 2 % (remembered)."""

TILT, TURN = 0.02, 0.01
"""Deviations: lean of the sensor over the field (relative scale from side to side), turn in rad."""

VIGNETTING, BLUR = (0.18, 0.03), (0.65, 0.05)
"""Mean and deviation: light that the corners lack; width of an edge in pixels."""

NOISE = 0.004
"""Deviation of one pixel, of the full scale: shot noise of about 60,000 electrons."""

LIGHT = 52000.0
"""Counts of the light table in the middle of a picture."""
