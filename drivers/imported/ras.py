"""Rigaku RAS text files of diffractometers, our own reader.

Lines `*KEY "value"` between `*RAS_HEADER_START` and `_END`, then angle, intensity and the factor of
the attenuator between `*RAS_INT_START` and `_END`. Names of keys as other parties' readers have
them. One scan a file; intensities in counts, or in counts a second with a counting time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from drivers.imported.folder import Importer
from drivers.imported.source import Header, Refused, Source, factor, missing, number, own, when_as
from drivers.imported.text import Text, decoded, numbers
from drivers.roles.xrd import DiffractionScan
from labctl.evidence import Identity
from labctl.quantity import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AXES: Mapping[str, Literal["two_theta", "omega", "phi"]] = {
    **{"Omega": "omega", "Phi": "phi", "TwoTheta": "two_theta"},
    **{"TwoThetaTheta": "two_theta", "TwoThetaOmega": "two_theta"},
}
NAMES: Mapping[str, str] = {"TwoTheta": "two_theta", "Omega": "omega", "Phi": "phi"}
FORMS = ("%m/%d/%y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S")
OPTICS = ("HW_I_OPT_NAME", "HW_R_OPT_NAME", "HW_COUNTER_SELECT_NAME", "HW_ATTACHMENT_NAME")
_KEY = re.compile(r'\*([A-Z0-9_-]+)\s+"(.*)"\s*')
Keys = Mapping[str, str]


class Ras(Importer[DiffractionScan]):
    """Scans of RAS files in a watched folder, angles in rad."""

    instrument_class: ClassVar[str] = "xrd"
    suffixes: ClassVar[tuple[str, ...]] = (".ras",)

    def result_of(self, source: Source) -> DiffractionScan:
        """The one scan; `Refused` for a cut file and without wavelength or optics."""
        text = decoded(source.data, source.beside.encodings, _is_ras)
        keys, rows = _parts(text)
        axis = AXES.get(keys.get("MEAS_SCAN_AXIS_X_INTERNAL", ""))
        if axis is None:
            raise Refused(f"moved the axis {keys.get('MEAS_SCAN_AXIS_X_INTERNAL', '')!r}")
        time = _time(keys)
        counts = rows[:, 1] * rows[:, 2] * _per_reading(keys, time)
        file = source.file(own("drivers.imported.ras"), _header(source, text, keys, counts, rows))
        return DiffractionScan(
            file,
            axis,
            source.array(rows[:, 0] * factor("deg", "rad"), "rad", file),
            source.array(counts, "dimensionless", file),
            time,
            Quantity(_number(keys, "HW_XG_WAVE_LENGTH_ALPHA1") * 1e-10, "m"),
            dict(_fixed(keys)),
            _optics(keys),
            float("nan"),
        )


def _is_ras(text: str) -> bool:
    return text.startswith("*RAS_DATA_START")


def _parts(text: Text) -> tuple[Keys, NDArray[np.float64]]:
    """The header's keys, and rows of angle, intensity, factor; `Refused` for a cut file."""
    lines = [line.strip() for line in text.lines if line.strip()]
    if lines[-1] != "*RAS_DATA_END" or not text.is_ended:
        raise Refused("is cut: it does not end with *RAS_DATA_END")
    if lines.count("*RAS_INT_START") != 1 or lines.count("*RAS_INT_END") != 1:
        raise Refused("holds no scan or several; export one a file")
    found = (_KEY.fullmatch(line) for line in lines)
    keys = {match[1]: match[2] for match in found if match}
    data = lines[lines.index("*RAS_INT_START") + 1 : lines.index("*RAS_INT_END")]
    rows = numbers([line.split() for line in data], 3)
    if len(rows) != int(_number(keys, "MEAS_DATA_COUNT")):
        raise Refused(f"is torn: {len(rows)} of {keys['MEAS_DATA_COUNT']} points")
    if keys.get("MEAS_SCAN_UNIT_X", "") != "deg":
        raise Refused("does not state its angles in deg")
    return keys, rows


def _number(keys: Keys, name: str) -> float:
    if not keys.get(name):
        raise Refused(f"has no {name}")
    return number(keys[name], name)


def _time(keys: Keys) -> float:
    """Counting time of a point in s: of its speed in deg/min and its step in deg, or stated."""
    speed, unit = _number(keys, "MEAS_SCAN_SPEED"), keys.get("MEAS_SCAN_SPEED_UNIT", "")
    if unit in ("sec.", "sec", "s"):
        return speed
    if not unit.endswith("/min"):
        raise Refused(f"states its speed in {unit!r}")
    return _number(keys, "MEAS_SCAN_STEP") * 60.0 / speed


def _per_reading(keys: Keys, time: float) -> float:
    """Counts of a point to its printed intensity."""
    unit = keys.get("MEAS_SCAN_UNIT_Y", "")
    if unit not in ("counts", "cps"):
        raise Refused(f"states its intensities in {unit!r}")
    return time if unit == "cps" else 1.0


def _fixed(keys: Keys) -> list[tuple[str, float]]:
    """Angles in rad of the axes that stood still, by name."""
    found: list[tuple[str, float]] = []
    moved = keys["MEAS_SCAN_AXIS_X_INTERNAL"]
    for key, name in keys.items():
        place = key.removeprefix("MEAS_COND_AXIS_NAME_INTERNAL-")
        if place == key or name in (moved, "") or name in moved:
            continue
        if keys.get(f"MEAS_COND_AXIS_UNIT-{place}", "") == "deg":
            position = _number(keys, f"MEAS_COND_AXIS_POSITION-{place}")
            found.append((NAMES.get(name, name.lower()), position * factor("deg", "rad")))
    return found


def _optics(keys: Keys) -> str:
    parts = [text for key, text in keys.items() if key.startswith(OPTICS) and text]
    if not parts:
        raise Refused("names no optics")
    return ", ".join(parts)


def _header(
    source: Source, text: Text, keys: Keys, counts: NDArray[np.float64], rows: NDArray[np.float64]
) -> Header:
    remarks = missing(counts=counts)
    if (rows[:, 2] != 1.0).any():
        remarks += ("an attenuator was in the beam: counts are as they would be without it",)
    method = "\n".join(f"*{key} {value}" for key, value in keys.items() if key.startswith("MEAS"))
    model, serial = keys.get("FILE_SYSTEM_NAME", ""), keys.get("FILE_SYSTEM_SERIAL", "")
    who = Identity("Rigaku", model, serial) if serial else source.beside.identity
    known = who or Identity("Rigaku", model or "SmartLab", "")
    measured = _measured(keys, source.beside.utc_offset)
    return Header(method, keys.get("FILE_SAMPLE", ""), measured, known, text.encoding, remarks)


def _measured(keys: Keys, offset: float) -> float:
    text = keys.get("MEAS_SCAN_START_TIME", "")
    for form in FORMS:
        try:
            return when_as(text, form, offset)
        except Refused:
            continue
    raise Refused(f"states no time of measurement that can be read: {text!r}")


DRIVER = Ras
