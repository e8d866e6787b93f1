"""ANDI chromatograms, written by scipy's netCDF writer with the names of ASTM E1947."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.io import netcdf_file

from drivers.imported.andi import Andi
from tests.drivers.imported.folders import refusal, result, source, whole_or_refused

SIGNAL = np.array([1.0, 2.0, 9.0, 2.5, 1.5], dtype=np.float32)
ATTRIBUTES = {
    **{"dataset_completeness": "C1+C2", "injection_date_time_stamp": "20260102030405+0000"},
    **{"detection_method_name": "H2 purity", "detector_name": "TCD", "detector_unit": "mV"},
    **{"retention_unit": "minutes", "sample_name": "S1", "peak_amount_unit": "ppm"},
    **{"instrument_mfr": "Acme", "instrument_model": "GC 1", "instrument_serial_no": "SIM-9"},
}


def cdf(attributes: Mapping[str, str] = ATTRIBUTES, length: float = 0.4, *without: str) -> bytes:
    stream = io.BytesIO()
    file = netcdf_file(stream, "w")
    for name, text in attributes.items():
        setattr(file, name, text.encode())
    file.createDimension("point_number", 5)
    file.createDimension("peak_number", 2)
    file.createDimension("_32_byte_string", 32)
    scalars = {"actual_delay_time": 0.0, "actual_sampling_interval": 0.1}
    for name, value in {**scalars, "actual_run_time_length": length}.items():
        file.createVariable(name, "f", ())[...] = value
    columns = {
        "ordinate_values": ("point_number", SIGNAL),
        "peak_retention_time": ("peak_number", [0.2, 0.3]),
        "peak_area": ("peak_number", [30.0, 3.0]),
        "peak_height": ("peak_number", [9.0, 2.5]),
        "peak_amount": ("peak_number", [120.0, 5.0]),
    }
    for name, (dimension, values) in columns.items():
        if name not in without:
            file.createVariable(name, "f", (dimension,))[:] = values
    names = file.createVariable("peak_name", "c", ("peak_number", "_32_byte_string"))
    names[0] = np.frombuffer("氧".encode().ljust(32, b"\0"), "S1")
    names[1] = np.frombuffer(b"\0" * 32, "S1")
    file.flush()
    return stream.getvalue()


DATA = cdf()


def test_a_chromatogram() -> None:
    found = result(Andi, source(DATA, "a.cdf"))
    (trace,) = found.traces
    np.testing.assert_allclose(trace.time, [0, 6, 12, 18, 24], rtol=1e-6)
    np.testing.assert_allclose(trace.signal.values, SIGNAL)
    assert (trace.detector, trace.signal.unit) == ("TCD", "mV")
    first, second = found.peaks
    assert (first.component, second.component) == ("氧", "")
    assert first.retention.value == pytest.approx(12.0) and first.retention.unit == "s"
    assert first.area.value == pytest.approx(1800.0) and first.area.unit == "mV*s"
    assert first.amount.value == pytest.approx(120e-6) and first.amount.unit == "mol/mol"
    file = found.file
    assert (file.reader, file.sample, file.instrument.serial) == ("scipy", "S1", "SIM-9")
    assert "H2 purity" in file.method and file.measured_utc == 1767323045.0


def test_a_file_without_results_has_a_trace() -> None:
    found = result(Andi, source(cdf(ATTRIBUTES, 0.4, "peak_retention_time"), "a.cdf"))
    assert found.peaks == () and len(found.traces) == 1


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("detector_unit", "", "no detector_unit"),
        ("retention_unit", "", "no retention_unit"),
        ("retention_unit", "volts", "'V'"),
        ("detection_method_name", "", "no method"),
        ("injection_date_time_stamp", "", "no time"),
        ("peak_amount_unit", "arbitrary", "arbitrary"),
    ],
)
def test_what_is_missing_is_named(key: str, value: str, why: str) -> None:
    attributes = {name: text for name, text in ATTRIBUTES.items() if name != key}
    data = cdf(attributes | ({key: value} if value else {}))
    assert why in refusal(Andi, source(data, "a.cdf"))


def test_the_raw_signal_must_be_there_and_fill_the_run() -> None:
    assert "no raw signal" in refusal(Andi, source(cdf(ATTRIBUTES, 0.4, "ordinate_values"), "a"))
    assert "is torn" in refusal(Andi, source(cdf(ATTRIBUTES, 4.0), "a.cdf"))


@given(st.integers(0, len(DATA) - 1))
def test_a_cut_file_is_refused_or_whole(length: int) -> None:
    found = whole_or_refused(Andi, source(DATA, "a.cdf"), length)
    if found is not None:
        np.testing.assert_allclose(found.traces[0].signal.values, SIGNAL)
        assert [peak.component for peak in found.peaks] == ["氧", ""]
