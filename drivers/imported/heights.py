"""From a field of heights with its header to a height map in m."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.imported.source import Header, Reader, Refused, Source
from drivers.roles.surface_topography import HeightMap
from labctl.quantity import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Field:
    """`height` in m, shape (rows, columns), nan where there is no point; pitches and `tip` in m,
    the tip 0 where the file has none."""

    height: NDArray[np.float64]
    pitch_x: float
    pitch_y: float
    tip: float
    processing: tuple[str, ...]


def height_map(source: Source, reader: Reader, header: Header, field: Field) -> HeightMap:
    """The map; `Refused` where a pitch is no length."""
    if not (field.pitch_x > 0 and field.pitch_y > 0):
        raise Refused(f"states no pitch: {field.pitch_x:g} m by {field.pitch_y:g} m")
    file = source.file(reader, header)
    return HeightMap(
        file,
        source.array(field.height, "m", file),
        Quantity(field.pitch_x, "m"),
        Quantity(field.pitch_y, "m"),
        field.tip or source.beside.tip or float("nan"),
        field.processing,
    )
