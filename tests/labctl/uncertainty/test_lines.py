"""Which readings share an error: serial, function, range, calibration epoch, mounting."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from labctl.evidence import Accuracy, Figure, Reading
from labctl.uncertainty import Circumstances, MonteCarlo
from labctl.uncertainty.lines import YEAR, kelvins_outside

GAIN = Accuracy("voltage", 2.0, "V", gain=1e-2, offset=0.0, source="sheet")
DRIFTING = msgspec.structs.replace(GAIN, drift_gain=2e-2)
WARM = msgspec.structs.replace(GAIN, temperature_gain=1e-3)


def reading(value: float, utc: float, accuracy: Accuracy = GAIN, serial: str = "A") -> Reading:
    return Reading(value, "V", utc, utc, "visa://x", serial, accuracy)


def ratio(circumstances: Circumstances, accuracy: Accuracy = GAIN, later: float = 100.0) -> Figure:
    mc = MonteCarlo(20_000, seed=1, circumstances=circumstances)
    both = mc.readings([reading(1.0, 0.0, accuracy), reading(1.0, later, accuracy)])
    return mc.figure(both[:, 1] / both[:, 0], "dimensionless")


def test_one_epoch_and_one_mounting_cancel() -> None:
    assert ratio(Circumstances()).u < 1e-12
    known = Circumstances(calibrated={"A": (-50.0,)}, mounted={"A": (-10.0,), "B": (50.0,)})
    assert ratio(known).u < 1e-12


@pytest.mark.parametrize(
    "parted",
    [
        Circumstances(calibrated={"A": (-50.0, 50.0)}),
        Circumstances(calibrated={"A": (50.0,)}),
        Circumstances(mounted={"A": (50.0,)}),
    ],
)
def test_a_calibration_or_a_mounting_between_starts_a_new_key(parted: Circumstances) -> None:
    assert ratio(parted).u == pytest.approx(1e-2 * math.sqrt(2 / 3), rel=0.03)


def test_keys_are_readable_in_the_budget() -> None:
    circumstances = Circumstances(calibrated={"A": (0.0,)}, mounted={"A": (5.0,)})
    mc = MonteCarlo(2, circumstances=circumstances)
    mc.readings([reading(1.0, 10.0)])
    assert list(mc.sources) == ["A/voltage/2 V/calibrated 1970-01-01 00:00/mounting 1"]


def test_drift_grows_with_the_time_since_calibration_and_is_one_error() -> None:
    circumstances = Circumstances(calibrated={"A": (0.0,)})
    mc = MonteCarlo(50_000, seed=2, circumstances=circumstances)
    fresh, old = (mc.readings([reading(1.0, t, DRIFTING)]) for t in (0.0, 2 * YEAR))
    assert mc.figure(fresh, "V").u == pytest.approx(1e-2 / math.sqrt(3), rel=0.02)
    assert mc.figure(old, "V").u == pytest.approx(math.hypot(1e-2, 4e-2) / math.sqrt(3), rel=0.02)
    # The calibration part cancels in the difference, the drift of the time between remains.
    assert mc.figure(old - fresh, "V").u == pytest.approx(4e-2 / math.sqrt(3), rel=0.02)


def test_drift_counts_for_a_year_where_the_calibration_is_not_known() -> None:
    mc = MonteCarlo(50_000, seed=3)
    figure = mc.figure(mc.readings([reading(1.0, 0.0, DRIFTING)]), "V")
    assert figure.u == pytest.approx(math.hypot(1e-2, 2e-2) / math.sqrt(3), rel=0.02)
    assert "not known" in mc.sources["A/voltage/2 V/drift"]


def test_temperature_outside_the_sheet_adds_an_error() -> None:
    assert kelvins_outside(WARM, None) == 0.0
    assert kelvins_outside(WARM, (20.0, 27.0)) == 0.0
    assert kelvins_outside(WARM, (16.0, 38.0)) == 10.0
    mc = MonteCarlo(50_000, seed=4, circumstances=Circumstances(ambient=(20.0, 38.0)))
    figure = mc.figure(mc.readings([reading(1.0, 0.0, WARM)]), "V")
    assert figure.u == pytest.approx(math.hypot(1e-2, 1e-2) / math.sqrt(3), rel=0.02)
    cool = MonteCarlo(2, circumstances=Circumstances(ambient=(20.0, 25.0)))
    cool.readings([reading(1.0, 0.0, WARM)])
    assert list(cool.sources) == ["A/voltage/2 V"]


def test_mean_and_readings_have_the_same_common_errors() -> None:
    circumstances = Circumstances(calibrated={"A": (0.0, 1.5)}, ambient=(10.0, 20.0))
    mc = MonteCarlo(100, seed=5, circumstances=circumstances)
    line = msgspec.structs.replace(DRIFTING, temperature_gain=1e-3)
    series = [reading(1.0 + t, t, line) for t in (1.0, 2.0, 3.0)]
    each = mc.readings(series).mean(axis=1)
    np.testing.assert_allclose(mc.mean(series)[:, 0], each, rtol=1e-12)


def test_an_accuracy_of_an_old_journal_is_read() -> None:
    old = b'{"function":"voltage","range":2.0,"unit":"V","gain":0.01,"offset":0.0,"source":"sheet"}'
    assert msgspec.json.decode(old, type=Accuracy) == GAIN
    assert GAIN.drift_gain == GAIN.temperature_gain == 0.0
