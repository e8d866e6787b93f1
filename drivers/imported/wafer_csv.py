"""Wafer maps in CSV by docs/protocols/result-files.md, our own reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from drivers.imported.folder import Importer
from drivers.imported.headed import Headed, headed
from drivers.imported.source import Refused, Source, own
from drivers.imported.text import spelled
from drivers.imported.wafer import notch_down
from drivers.roles.arrays import ReadingArray
from drivers.roles.imported import ImportedFile
from drivers.roles.wafer_metrology import WaferMap

FIGURES: Mapping[str, str] = {"thickness": "m", "front": "m", "back": "m"} | {
    "sheet_resistance": "ohm"
}
"""Figures whose unit the role states; others keep the unit of their column."""

NOTCHES: Mapping[str, str] = {"-y": "down", "-x": "left", "+y": "up", "+x": "right"}
PLACES = ("Site", "X", "Y")


class WaferCsv(Importer[WaferMap]):
    """Maps of CSV files in a watched folder, places in m from the centre, notch towards -y."""

    instrument_class: ClassVar[str] = "wafer_metrology"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)

    def result_of(self, source: Source) -> WaferMap:
        """The map; `Refused` without origin, orientation, edge exclusion or calibration."""
        found = headed(source, "X", "Y")
        if found.said("Origin") not in ("centre", "center"):
            raise Refused("does not have its origin in the wafer's centre")
        found.said("Calibration")
        x, y = (found.table.column(axis, "m") for axis in "XY")
        x, y = notch_down(x, y, NOTCHES.get(found.said("Notch"), ""))
        file = source.file(own("drivers.imported.wafer_csv"), found.header(source, "Wafer ID"))
        values = dict(_values(source, file, found))
        exclusion = found.number("Edge Exclusion", "m")
        return WaferMap(file, x, y, values, exclusion, found.number("Diameter", "m"))


def _values(source: Source, file: ImportedFile, found: Headed) -> list[tuple[str, ReadingArray]]:
    """Every figure by its name in small letters, with underscores."""
    values: list[tuple[str, ReadingArray]] = []
    for column, stated in zip(found.table.names, found.table.units, strict=True):
        if column in PLACES:
            continue
        name = column.lower().replace(" ", "_")
        unit = FIGURES.get(name, spelled(stated))
        if not unit:
            raise Refused(f"states no unit of {column}")
        values.append((name, source.array(found.table.column(column, unit), unit, file)))
    return values


DRIVER = WaferCsv
