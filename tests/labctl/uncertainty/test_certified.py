"""Readings with a certificate: value, uncertainty, drift, temperature, and what is said of it."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from labctl.calibration import Certificate, Point, Table
from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import Circumstances, MonteCarlo, circumstances_of
from labctl.uncertainty.lines import YEAR
from labctl.uncertainty.windows import samples, window_values
from labctl.words import said

SHEET = Accuracy("voltage", 2.0, "V", gain=1e-3, offset=0.0, source="sheet")
DRIFTING = msgspec.structs.replace(SHEET, drift_gain=2e-3)
TABLE = Table(
    "DC 2 V", "V", (Point(0.0, 0.0, 1e-4), Point(2.0, 4e-4, 1e-4)), "voltage", 2.0,
    temperature=(23.0, 23.0),
)  # fmt: skip
CERTIFICATE = Certificate("4711", "Lab", "A", "2026-01-01", tables=(TABLE,))
SINCE = CERTIFICATE.since or 0.0
KNOWN = circumstances_of([{"meter": CERTIFICATE}], (23.0, 23.0))
KEY = "A/voltage/2 V/calibrated 2026-01-01 00:00"


def reading(value: float, later: float = 0.0, accuracy: Accuracy = SHEET) -> Reading:
    return Reading(value, "V", later, SINCE + later, "visa://x", "A", accuracy)


def drawn(*readings: Reading, known: Circumstances = KNOWN) -> tuple[MonteCarlo, list[float]]:
    """The Monte Carlo, and value and u of the mean of `readings`."""
    mc = MonteCarlo(40_000, 5, circumstances=known)
    figure = mc.figure(mc.mean(readings), "V")
    return mc, [figure.value, figure.u]


def test_on_the_day_of_calibration_the_certificate_is_all() -> None:
    mc, (value, u) = drawn(reading(1.0))
    assert value == 1.0002
    assert u == pytest.approx(0.5e-4, rel=0.02)
    assert mc.sources[f"{KEY}/certificate 4711"] == "certificate 4711, Lab, 2026-01-01: DC 2 V"
    assert KEY not in mc.sources


@pytest.mark.parametrize(
    ("accuracy", "years", "limit"),
    [
        (SHEET, 0.25, 0.5e-3),
        (SHEET, 1.0, 1e-3),
        (SHEET, 2.0, 2e-3),
        (DRIFTING, 0.25, 0.5e-3),
        (DRIFTING, 2.0, 4e-3),
    ],
)
def test_drift_grows_by_the_sheet(accuracy: Accuracy, years: float, limit: float) -> None:
    _, (value, u) = drawn(reading(1.0, years * YEAR, accuracy))
    assert value == pytest.approx(1.0002)
    assert u == pytest.approx(math.hypot(0.5e-4, limit / math.sqrt(3)), rel=0.02)


@pytest.mark.parametrize(
    ("ambient", "gain", "limit"),
    [
        (None, 1e-4, 5e-4),
        ((22.0, 24.5), 1e-4, 1.5e-4),
        ((22.0, 24.5), 1e-3, 1e-3),  # no more than the sheet's limits inside its range
        ((22.0, 30.0), 1e-3, 3e-3),
    ],
)
def test_temperature_counts_from_that_of_the_calibration(
    ambient: tuple[float, float] | None, gain: float, limit: float
) -> None:
    known = circumstances_of([{"meter": CERTIFICATE}], ambient)
    warm = msgspec.structs.replace(SHEET, temperature_gain=gain)
    _, (_, u) = drawn(reading(1.0, 0.0, warm), known=known)
    assert u == pytest.approx(math.hypot(0.5e-4, limit / math.sqrt(3)), rel=0.02)


@pytest.mark.parametrize("ambient", [None, (22.0, 24.5)])
def test_without_coefficients_drift_and_temperature_cannot_be_told_apart(
    ambient: tuple[float, float] | None,
) -> None:
    known = circumstances_of([{"meter": CERTIFICATE}], ambient)
    _, (value, u) = drawn(reading(1.0), known=known)
    assert value == 1.0002
    assert u == pytest.approx(math.hypot(0.5e-4, 1e-3 / math.sqrt(3)), rel=0.02)


@pytest.mark.parametrize("value", [-1.0, 2.1])
def test_outside_the_points_the_data_sheet_stands(value: float) -> None:
    mc, (found, u) = drawn(reading(value))
    assert found == value
    assert u == pytest.approx(1e-3 * abs(value) / math.sqrt(3), rel=0.02)
    (text,) = mc.tables.said
    assert "outside its points" in said(text)


def test_before_the_calibration_nothing_is_corrected() -> None:
    mc, (value, _) = drawn(reading(1.0, -1.0))
    assert value == 1.0
    (text,) = mc.tables.said
    assert "No table of the certificate 4711" in said(text)


def test_readings_weights_and_windows_say_the_same() -> None:
    series = [reading(0.5 + 0.1 * n, 60.0 * n) for n in range(20)]
    mc = MonteCarlo(20_000, 3, circumstances=KNOWN)
    every = mc.readings(series).mean(axis=1, keepdims=True)
    mean = mc.mean(series)
    window = mc.windows(window_values(samples(series), [0.0, 1e6], circumstances=KNOWN))
    assert np.allclose(every, mean, atol=1e-12)
    assert np.allclose(every, window, atol=1e-12)
    raw = sum(one.value for one in series) / len(series)
    assert every[0, 0] > raw + 1e-4
    (text,) = mc.tables.said
    assert "outside its points" in said(text)


def test_one_range_and_one_epoch_cancel_and_a_recalibration_parts_them() -> None:
    again = msgspec.structs.replace(CERTIFICATE, number="4712", calibrated="2026-02-01")
    both = circumstances_of([{"meter": CERTIFICATE}, {"meter": again}], (23.0, 23.0))
    later = (again.since or 0.0) - SINCE

    def ratio(known: Circumstances) -> float:
        mc = MonteCarlo(40_000, 1, circumstances=known)
        draws = mc.readings([reading(1.0, 1.0), reading(1.0, later + 1.0)])
        return mc.figure(draws[:, 1] / draws[:, 0], "dimensionless").u

    # What is left within an epoch is the drift between the two.
    drift = 1e-3 * math.sqrt(later / YEAR) / math.sqrt(3)
    assert ratio(KNOWN) == pytest.approx(drift, rel=0.02)
    assert ratio(both) == pytest.approx(0.5e-4 * math.sqrt(2), rel=0.02)


def test_a_t_of_the_certificate_is_drawn_as_a_t() -> None:
    table = msgspec.structs.replace(TABLE, distribution="t", freedom=4.0)
    own = msgspec.structs.replace(CERTIFICATE, tables=(table,))
    known = circumstances_of([{"meter": own}], (23.0, 23.0))
    _, (_, u) = drawn(reading(1.0), known=known)
    assert u == pytest.approx(0.5e-4 * math.sqrt(2.0), rel=0.1)
