"""KLARF 1.2 defect files of wafer inspection, our own reader `drivers.codecs.klarf`.

Lengths are in um. A place is XREL, YREL in the die XINDEX, YINDEX of the pitch DiePitch, less
SampleCenterLocation. KLARF 1.8 is refused by name: nobody keeps a reader of it under a licence that
fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import klarf
from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, by_library, own, when_as
from drivers.imported.text import Text, decoded
from drivers.imported.wafer import notch_down
from drivers.roles.wafer_metrology import DefectMap
from labctl.evidence import Identity
from labctl.quantity import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MICROMETRE = 1e-6
FORMS = ("%m-%d-%Y %H:%M:%S", "%m-%d-%y %H:%M:%S")
Found = Mapping[str, list[list[str]]]


class Klarf(Importer[DefectMap]):
    """Defect maps of KLARF files in a watched folder, places in m, notch towards -y."""

    instrument_class: ClassVar[str] = "wafer_metrology"
    suffixes: ClassVar[tuple[str, ...]] = (".klarf", ".kla", ".001", ".000")

    def result_of(self, source: Source) -> DefectMap:
        """The defects; `Refused` for a cut file and without orientation, area or centre."""
        text = decoded(source.data, source.beside.encodings, _is_klarf)
        if text.text.lstrip().startswith("Record"):
            raise Refused("is KLARF 1.8; 1.2 is read")
        found = by_library(lambda: klarf.statements(text.text))
        _refuse_other(found)
        defects = by_library(lambda: klarf.defects(found))
        _refuse_fewer(found, len(defects.rows))
        x, y = by_library(lambda: _places(found, defects))
        size = by_library(lambda: _array(defects.column("DSIZE")) * MICROMETRE)
        names = by_library(lambda: klarf.classes(found))
        kinds = by_library(lambda: [f"{number:g}" for number in defects.column("CLASSNUMBER")])
        area = _number(found, "AreaPerTest", 0) * MICROMETRE**2
        file = source.file(own("drivers.codecs.klarf"), _header(source, text, found))
        kind = tuple(names.get(number, number) for number in kinds)
        return DefectMap(file, x, y, size, kind, Quantity(area, "m**2"))

    async def latest_defects(self) -> DefectMap:
        """The newest complete defect map, places in m; `InstrumentError` where there is none."""
        return await self.latest()

    async def defects_of_sample(self, sample: str) -> tuple[DefectMap, ...]:
        """Defect maps of `sample`, places in m, oldest first; empty where there is none."""
        return await self.of_sample(sample)


def _is_klarf(text: str) -> bool:
    return text.lstrip().startswith(("FileVersion", "Record FileRecord"))


def _refuse_other(found: Found) -> None:
    version = found.get("FileVersion", [[]])[0]
    if version != ["1", "2"]:
        raise Refused(f"is KLARF {'.'.join(version)}; 1.2 is read")
    for name in ("WaferID", "InspectionTest"):
        if len(found.get(name, [])) > 1:
            raise Refused(f"holds several {name}; export one test of one wafer a file")


def _refuse_fewer(found: Found, rows: int) -> None:
    """`Refused` where the summary counts other defects than the list holds."""
    spec = found.get("SummarySpec", [[]])[0][1:]
    values = found.get("SummaryList", [[]])[0]
    if "NDEFECT" not in spec or not values:
        raise Refused("has no summary with its number of defects")
    stated = sum(int(words) for words in values[spec.index("NDEFECT") :: len(spec)])
    if stated != rows:
        raise Refused(f"is torn: {rows} of {stated} defects")


def _words(found: Found, name: str) -> list[str]:
    if name not in found:
        raise Refused(f"has no {name}")
    return found[name][0]


def _number(found: Found, name: str, place: int) -> float:
    words = _words(found, name)
    return by_library(lambda: float(words[place]))


def _array(values: list[float]) -> NDArray[np.float64]:
    import numpy as np

    return np.asarray(values, dtype=np.float64)


def _places(
    found: Found, defects: klarf.Defects
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places of the defects in m from the wafer's centre, shape (n,) each."""
    places = []
    for at, axis in enumerate("XY"):
        pitch = _number(found, "DiePitch", at)
        centre = _number(found, "SampleCenterLocation", at)
        index, within = (_array(defects.column(f"{axis}{part}")) for part in ("INDEX", "REL"))
        places.append((index * pitch + within - centre) * MICROMETRE)
    return notch_down(places[0], places[1], _words(found, "OrientationMarkLocation")[0])


def _header(source: Source, text: Text, found: Found) -> Header:
    station = [*_words(found, "InspectionStationID"), "", "", ""]
    setup = found.get("SetupID", [[]])[0]
    method = "\n".join(
        f"{name} {' '.join(found[name][0])}"
        for name in ("SetupID", "StepID", "DeviceID", "InspectionTest")
        if name in found
    )
    wafer = found.get("WaferID", [[""]])[0]
    return Header(
        method if setup else "",
        wafer[0] if wafer else "",
        _measured(" ".join(_words(found, "ResultTimestamp")), source.beside.utc_offset),
        Identity(station[0], station[1], station[2]),
        text.encoding,
    )


def _measured(text: str, offset: float) -> float:
    for form in FORMS:
        try:
            return when_as(text, form, offset)
        except Refused:
            continue
    raise Refused(f"has a ResultTimestamp that cannot be read: {text!r}")


DRIVER = Klarf
