"""Micro gas chromatograph that writes ANDI/AIA files, by ASTM E1947 (netCDF classic format).

Thermal conductivity detector, one trace with its peak table (`aia_template_revision` 1.0,
categories C1 and C2): `ordinate_values` at `actual_sampling_interval` s, peaks with retention in s,
area in detector unit times s, and the amount by the file's own calibration in mol/mol. E1947
has no place for an instrument's serial number: it stands in the file's name and in the laboratory's
notes. Peaks are Gaussian on a drifting baseline;
areas in the table are those of the true peaks with the noise of integration. Remembered figures:
response factors within 0.5 %, retention within 0.1 s.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim_backends.emulators.accuracy import Channel, Spec
from sim_backends.emulators.files.notes import instrument
from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.models.specimens.gas_sample import GasSamplePort

INTERVAL, RUN = 0.05, 44.0
"""Sampling interval and length of the run in s."""

AREA = 1.0e6
"""Area in uV s of a pure gas with response 1."""

BASELINE, DRIFT, NOISE = 1200.0, 0.5, 4.0
"""Baseline in uV, its drift in uV/s, noise in uV rms."""

RESPONSE = Spec(range=2.0, gain=0.005, offset=0.0, noise=0.0005)
RETENTION = Spec(range=600.0, gain=0.0, offset=0.1, noise=0.01)
"""Errors of a response factor and of a retention time in s."""

TEXT = 64
"""Length of the texts in the peak table."""


@dataclass(frozen=True)
class Substance:
    """Retention and width (standard deviation) in s, and response to which it is calibrated."""

    retention: float
    width: float
    response: float


SUBSTANCES = {
    "H2": Substance(8.0, 0.25, 0.12),
    "N2": Substance(16.0, 0.40, 1.00),
    "CH4": Substance(24.0, 0.50, 0.85),
    "CO2": Substance(33.0, 0.60, 1.14),
}
"""What the method knows; argon is the carrier."""


@dataclass(frozen=True)
class Eluted:
    """A peak as it came: `area` in uV s, times in s."""

    name: str
    retention: float
    width: float
    area: float

    @property
    def height(self) -> float:
        """Height in uV."""
        return self.area / (self.width * math.sqrt(2.0 * math.pi))


class AndiChromatograph(FileStation):
    """A chromatograph that injects the gas in `port`."""

    suffix = ".cdf"
    lasting = RUN

    def __init__(self, port: GasSamplePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self._responses = {name: Channel([RESPONSE], rng) for name in SUBSTANCES}
        self._retention = Channel([RETENTION], rng)
        self.notes = instrument("labctl", "GC-1", serial)

    def document(self, shot: Shot) -> bytes:
        """One injection."""
        from scipy.io import netcdf_file

        peaks = self._peaks(shot.t)
        signal = self._signal(peaks)
        buffer = io.BytesIO()
        file = netcdf_file(buffer, "w", version=1)
        attributes(file, shot)
        trace(file, signal)
        table(file, peaks)
        file.flush()
        return buffer.getvalue()

    def _peaks(self, t: float) -> list[Eluted]:
        fractions = self._port.fractions(t)
        return [
            Eluted(
                name,
                self._retention.convert(known.retention, 0),
                known.width,
                AREA * fractions[name] * self._responses[name].convert(known.response, 0),
            )
            for name, known in SUBSTANCES.items()
            if fractions.get(name, 0.0) > 0.0
        ]

    def _signal(self, peaks: list[Eluted]) -> np.ndarray:
        time = np.arange(0.0, RUN, INTERVAL)
        signal = BASELINE + DRIFT * time + NOISE * self.rng.standard_normal(time.size)
        for peak in peaks:
            signal += peak.height * np.exp(-0.5 * ((time - peak.retention) / peak.width) ** 2)
        return signal


def attributes(file: Any, shot: Shot) -> None:
    """Global attributes: completeness, sample, method, detector."""
    texts = {
        "dataset_completeness": "C1+C2",
        "aia_template_revision": "1.0",
        "netcdf_revision": "3.0",
        "languages": "English",
        "dataset_origin": "labctl GC-1",
        "dataset_owner": "laboratory",
        "experiment_title": shot.sample,
        "operator_name": "operator",
        "separation_experiment_type": "gas chromatography",
        "company_method_name": "permanent gases, isothermal 60 degC",
        "company_method_id": "PG-1",
        "sample_name": shot.sample,
        "sample_id": shot.sample,
        "sample_type": "unknown",
        "injection_date_time_stamp": f"{shot.moment:%Y%m%d%H%M%S}+0000",
        "dataset_date_time_stamp": f"{shot.moment:%Y%m%d%H%M%S}+0000",
        "detection_method_name": "thermal conductivity",
        "detector_name": "TCD1A",
        "detector_unit": "uV",
        "retention_unit": "seconds",
        "peak_processing_results_table_name": "external standard",
        "peak_amount_unit": "mol/mol",
    }
    for name, value in texts.items():
        file.__setattr__(name, value)


def trace(file: Any, signal: np.ndarray) -> None:
    """The raw data: scalars and `ordinate_values` in uV."""
    file.createDimension("point_number", signal.size)
    scalars = {
        "detector_maximum_value": float(signal.max()),
        "detector_minimum_value": float(signal.min()),
        "actual_run_time_length": RUN,
        "actual_sampling_interval": INTERVAL,
        "actual_delay_time": 0.0,
    }
    for name, value in scalars.items():
        file.createVariable(name, "f", ()).data[...] = value
    ordinates = file.createVariable("ordinate_values", "f", ("point_number",))
    ordinates[:] = signal
    ordinates.uniform_sampling_flag = "Y"
    ordinates.autosampler_position = "1"


def table(file: Any, peaks: list[Eluted]) -> None:
    """The peak table."""
    file.createDimension("peak_number", len(peaks))
    file.createDimension("_64_byte_string", TEXT)
    columns = {
        "peak_retention_time": [peak.retention for peak in peaks],
        "peak_area": [peak.area for peak in peaks],
        "peak_height": [peak.height for peak in peaks],
        "peak_start_time": [peak.retention - 4.0 * peak.width for peak in peaks],
        "peak_end_time": [peak.retention + 4.0 * peak.width for peak in peaks],
        "peak_amount": [peak.area / (AREA * SUBSTANCES[peak.name].response) for peak in peaks],
    }
    for name, values in columns.items():
        file.createVariable(name, "f", ("peak_number",))[:] = values
    names = file.createVariable("peak_name", "c", ("peak_number", "_64_byte_string"))
    for index, peak in enumerate(peaks):
        names[index] = list(peak.name.ljust(TEXT, "\0").encode("ascii").decode("ascii"))


EMULATOR = AndiChromatograph
