"""One scan of an XRDML file: positions, counts, counting time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from drivers.imported.source import Refused, factor, missing, number
from drivers.imported.text import spelled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Scan:
    """`moved` positions of shape (n,) and `fixed` ones in rad by axis, `counts` of shape (n,),
    counting `time` of a point in s."""

    element: ElementTree.Element
    axis: str
    moved: Mapping[str, NDArray[np.float64]]
    fixed: Mapping[str, float]
    counts: NDArray[np.float64]
    time: float
    remarks: tuple[str, ...]


def scan_of(element: ElementTree.Element) -> Scan:
    """A scan; `Refused` where its counts and positions are not as many."""
    import numpy as np

    points = element.find("{*}dataPoints")
    if points is None:
        raise Refused("has a scan without points")
    counts = _counts(points)
    moved: dict[str, NDArray[np.float64]] = {}
    fixed: dict[str, float] = {}
    for one in points.findall("{*}positions"):
        if one.get("unit") != "deg":
            continue
        place = _position(one, len(counts))
        if len(place) == 1:
            fixed[one.get("axis", "")] = float(place[0])
        elif len(place) == len(counts):
            moved[one.get("axis", "")] = place
        else:
            raise Refused(f"is torn: {len(place)} positions of {len(counts)} points")
    if not np.all(counts >= 0):
        raise Refused("has counts below zero")
    remarks = missing(counts=counts)
    if points.find("{*}beamAttenuationFactors") is not None:
        remarks += ("an attenuator was in the beam: counts are as they would be without it",)
    axis = element.get("scanAxis", "")
    return Scan(element, axis, moved, fixed, counts, _time(points), remarks)


def _counts(points: ElementTree.Element) -> NDArray[np.float64]:
    """Counts of all points as without attenuator: `intensities` of version 1 are so already,
    `counts` of version 2 are multiplied by the factors that stand beside them."""
    found = points.find("{*}intensities")
    if found is not None and found.get("unit") == "counts":
        return _numbers(found.text or "")
    found, factors = points.find("{*}counts"), points.find("{*}beamAttenuationFactors")
    if found is None or found.get("unit") != "counts":
        raise Refused("has no counts")
    counts = _numbers(found.text or "")
    if factors is None:
        return counts
    each = _numbers(factors.text or "")
    if len(each) not in (1, len(counts)):
        raise Refused(f"is torn: {len(each)} factors of {len(counts)} points")
    return counts * each


def _position(found: ElementTree.Element, count: int) -> NDArray[np.float64]:
    """Positions of an axis in rad: `count` of them, or one that all points share."""
    import numpy as np

    scale = factor("deg", "rad")
    common, listed = said(found, "commonPosition"), said(found, "listPositions")
    if common or listed:
        return _numbers(common or listed) * scale
    ends = [number(said(found, f"{name}Position"), f"{name}Position") for name in ("start", "end")]
    return np.linspace(ends[0], ends[1], count) * scale


def _time(points: ElementTree.Element) -> float:
    """Counting time of a point in s; one for all."""
    found = points.find("{*}commonCountingTime")
    if found is None:
        raise Refused("does not state one counting time for all points")
    text = found.text or ""
    return number(text, "commonCountingTime") * factor(spelled(found.get("unit", "")), "s")


def wavelength_of(root: ElementTree.Element) -> float:
    """The wavelength in m that the measurement was meant for.

    `K-Alpha` is the mean of both lines, weighted by their ratio; `Refused` for none.
    """
    used = root.find("{*}xrdMeasurement/{*}usedWavelength")
    if used is None:
        raise Refused("states no wavelength")
    lines = [_line(used, name) for name in ("kAlpha1", "kAlpha2")]
    intended = used.get("intended", "")
    if intended == "K-Alpha":
        ratio = number(said(used, "ratioKAlpha2KAlpha1"), "ratioKAlpha2KAlpha1")
        return (lines[0] + ratio * lines[1]) / (1.0 + ratio)
    if intended in ("K-Alpha 1", "K-Alpha 2"):
        return lines[intended.endswith("2")]
    if intended == "K-Beta":
        return _line(used, "kBeta")
    raise Refused(f"states the wavelength {intended!r}, which is not known")


def _line(used: ElementTree.Element, name: str) -> float:
    found = used.find(f"{{*}}{name}")
    if found is None:
        raise Refused(f"does not state the wavelength of {name}")
    return number(found.text or "", name) * factor(spelled(found.get("unit", "")), "m")


def _numbers(text: str) -> NDArray[np.float64]:
    import numpy as np

    return np.array([number(word, "a value of a scan") for word in text.split()])


def said(element: ElementTree.Element, path: str) -> str:
    """A text below `element`, whatever the version of the schema; empty where it is absent."""
    wild = "/".join(f"{{*}}{name}" for name in path.split("/"))
    return (element.findtext(wild) or "").strip()
