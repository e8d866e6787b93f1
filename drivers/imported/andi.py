"""ANDI/AIA chromatograms (ASTM E1947, netCDF classic), read by scipy.

Names of attributes and variables by ASTM E1947-98, which has none for the instrument: those of ANDI
for mass spectrometry (`instrument_mfr`, `instrument_model`, `instrument_serial_no`, ASTM E2077) are
read where a file has them. An unidentified peak has an empty name; values that a peak does not have
are nan.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from drivers.imported.folder import Importer
from drivers.imported.source import (
    Header,
    Refused,
    Source,
    by_library,
    factor,
    library,
    missing,
    when_as,
)
from drivers.imported.text import spelled
from drivers.roles.chromatograph import Chromatogram, Peak, Trace
from labctl.evidence import Identity
from labctl.quantity import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

METHOD = (
    *(
        "company_method_name",
        "detection_method_name",
        "detection_method_table_name",
        "experiment_title",
    ),
    *("external_file_ref_0", "detector_name", "administrative_comments"),
)
AMOUNTS: Mapping[str, str] = {
    **dict.fromkeys(("mol/mol", "%", "ppm", "mol%", "mole %"), "mol/mol"),
    **dict.fromkeys(("kg/m**3", "g/L", "mg/L", "ug/mL", "mg/mL"), "kg/m**3"),
}
"""Units of amounts, and those in which they are told."""

SPELLED: Mapping[str, str] = {
    **{"mol%": "%", "mole %": "%", "g/L": "g/l", "mg/L": "mg/l", "ug/mL": "ug/ml"},
    **{"mg/mL": "mg/ml", "seconds": "s", "Seconds": "s", "minutes": "min", "Minutes": "min"},
}


class Andi(Importer[Chromatogram]):
    """Chromatograms of ANDI files in a watched folder, times in s."""

    instrument_class: ClassVar[str] = "chromatograph"
    suffixes: ClassVar[tuple[str, ...]] = (".cdf", ".aia")

    def result_of(self, source: Source) -> Chromatogram:
        """One injection; `Refused` for a cut file, and without raw signal, method or units."""
        attributes, variables = by_library(lambda: _content(source.data))
        times, signal = _signal(attributes, variables)
        header = _header(source, attributes, signal)
        file = source.file(library("scipy"), header)
        detector = attributes.get("detector_name", "")
        unit = _unit(attributes, "detector_unit")
        trace = Trace(detector, times, source.array(signal, unit, file))
        return Chromatogram(file, _peaks(attributes, variables, unit), (trace,), ())


def _content(data: bytes) -> tuple[Mapping[str, str], Mapping[str, Any]]:
    """Global attributes as text, and variables as arrays that do not lean on the file."""
    from scipy.io import netcdf_file

    with netcdf_file(io.BytesIO(data), "r", mmap=False) as file:
        attributes: dict[str, Any] = dict(file._attributes)
        variables = {name: one[...].copy() for name, one in file.variables.items()}
    return {name: _text(one) for name, one in attributes.items()}, variables


def _text(value: Any) -> str:
    found = value.decode("utf-8") if isinstance(value, bytes) else str(value)
    return found.rstrip("\0 ")


def _unit(attributes: Mapping[str, str], name: str) -> str:
    text = attributes.get(name, "")
    if not text:
        raise Refused(f"states no {name}")
    return spelled(SPELLED.get(text, text))


def _signal(
    attributes: Mapping[str, str], variables: Mapping[str, Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times in s from the injection and the detector's signal in its unit, shape (n,) each."""
    import numpy as np

    signal = variables.get("ordinate_values")
    if signal is None or not len(signal):
        raise Refused("has no raw signal")
    scale = factor(_unit(attributes, "retention_unit"), "s")
    times = variables.get("raw_data_retention")
    if times is not None and len(times) == len(signal):
        return _floats(times) * scale, _floats(signal)
    delay, step = (_scalar(variables, f"actual_{n}") for n in ("delay_time", "sampling_interval"))
    length = _scalar(variables, "actual_run_time_length")
    if not step > 0 or abs(delay + step * (len(signal) - 1) - length) > 1.5 * step:
        raise Refused(f"is torn: {len(signal)} points of {step:g} do not make a run of {length:g}")
    return _floats((delay + step * np.arange(len(signal))) * scale), _floats(signal)


def _floats(values: Any) -> NDArray[np.float64]:
    import numpy as np

    return np.asarray(values, dtype=np.float64)


def _scalar(variables: Mapping[str, Any], name: str) -> float:
    if name not in variables:
        raise Refused(f"has no {name}")
    return float(variables[name])


def _peaks(
    attributes: Mapping[str, str], variables: Mapping[str, Any], unit: str
) -> tuple[Peak, ...]:
    retention = variables.get("peak_retention_time")
    if retention is None:
        return ()
    scale = factor(_unit(attributes, "retention_unit"), "s")
    detector = attributes.get("detector_name", "")
    return tuple(
        Peak(
            _name(variables, at),
            detector,
            Quantity(float(retention[at]) * scale, "s"),
            Quantity(_at(variables, "peak_area", at) * scale, f"{unit}*s"),
            Quantity(_at(variables, "peak_height", at), unit),
            _amount(attributes, variables, at),
        )
        for at in range(len(retention))
    )


def _at(variables: Mapping[str, Any], name: str, at: int) -> float:
    return float(variables[name][at]) if name in variables else float("nan")


def _name(variables: Mapping[str, Any], at: int) -> str:
    if "peak_name" not in variables:
        return ""
    return _text(b"".join(variables["peak_name"][at].tolist()).split(b"\0")[0])


def _amount(
    attributes: Mapping[str, str], variables: Mapping[str, Any], at: int
) -> Quantity | None:
    """The amount by the file's own calibration; None where it has none."""
    if "peak_amount" not in variables:
        return None
    text = attributes.get("peak_amount_unit", "")
    if text not in AMOUNTS:
        raise Refused(f"states amounts in {text!r}, expected one of {', '.join(AMOUNTS)}")
    to = AMOUNTS[text]
    stated = SPELLED.get(text, text)
    scale = factor(stated, "dimensionless" if to == "mol/mol" else to)
    return Quantity(float(variables["peak_amount"][at]) * scale, to)


def _header(source: Source, attributes: Mapping[str, str], signal: NDArray[np.float64]) -> Header:
    method = "\n".join(f"{name}: {attributes[name]}" for name in METHOD if attributes.get(name))
    stamp = attributes.get("injection_date_time_stamp", "")
    sample = attributes.get("sample_name", "") or attributes.get("sample_id", "")
    named = any(attributes.get(name) for name in METHOD[:2])
    keys = ("instrument_mfr", "instrument_model", "instrument_serial_no")
    who = [attributes.get(key, "") for key in keys]
    known = source.beside.identity or Identity("", attributes.get("detector_name", ""), "")
    identity = Identity(*who) if who[1] else known
    form = "%Y%m%d%H%M%S%z" if stamp[14:] else "%Y%m%d%H%M%S"
    measured = when_as(stamp, form, source.beside.utc_offset)
    return Header(method if named else "", sample, measured, identity, "", missing(signal=signal))


DRIVER = Andi
